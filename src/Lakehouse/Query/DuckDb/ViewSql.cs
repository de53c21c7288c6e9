using Recoup.Lakehouse.Dbt.Dialect;
using Recoup.Lakehouse.Iceberg.Views;

namespace Recoup.Lakehouse.Query.DuckDb;

/// <summary>Translates the SQL of views, which is Trino's, for DuckDB.</summary>
/// <param name="translate">The translation; a parameter, so that a test can show SQL that both understand.</param>
internal sealed class ViewSql(Func<string, string, TableColumns, TranslatedSql> translate)
{
    public ViewSql()
        : this((sql, name, tables) => TrinoDialect.Translate(sql, name, 1, tables))
    {
    }

    /// <summary>The SELECT in DuckDB's SQL.</summary>
    /// <exception cref="DialectException">The view says something that DuckDB would answer otherwise.</exception>
    public async Task<string> TranslateAsync(View view, ILakeContents lake, CancellationToken cancellation) =>
        translate(view.TrinoSql, view.Identifier.ToString(), await LakeColumns.OfAsync(lake, cancellation)).Text;
}
