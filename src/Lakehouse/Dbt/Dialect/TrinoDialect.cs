using System.Collections.Immutable;
using DuckDB.NET.Data;
using Recoup.Lakehouse.Dbt.Dialect.Binding;
using Recoup.Lakehouse.Dbt.Dialect.Native;
using Recoup.Lakehouse.Dbt.Dialect.Syntax;
using Recoup.Lakehouse.FlinkSql.Native;

namespace Recoup.Lakehouse.Dbt.Dialect;

/// <summary>Runs Trino's SQL on DuckDB: Trino's answer, or a refusal by name; never another answer.</summary>
internal static class TrinoDialect
{
    /// <summary>Sets the session to UTC and adds the functions that translated statements call. Once a connection.</summary>
    public static void Install(DuckDBConnection connection)
    {
        foreach (var kernel in NativeFunctions.All)
        {
            KernelRegistration.Register(connection, kernel);
        }

        using var command = connection.CreateCommand();
        command.CommandText = $"SET TimeZone = 'UTC';\n{EmbeddedText.Read("macros.sql")}";
        command.ExecuteNonQuery();
    }

    /// <summary>Translates one query.</summary>
    /// <param name="sql">Trino's SQL without a semicolon.</param>
    /// <param name="file">The name that errors carry.</param>
    /// <param name="firstLine">The line of the file on which the text begins.</param>
    /// <param name="tables">Knows the columns of tables; without it, what depends on a column's type is refused.</param>
    /// <exception cref="DialectException">Something in it has no translation that gives Trino's answer.</exception>
    public static TranslatedSql Translate(string sql, string file, int firstLine = 1, TableColumns? tables = null)
    {
        var source = new SourceFile(file, firstLine);
        var query = SqlParser.Parse(sql, source);
        var context = new BindingContext(source, tables);
        var bound = new QueryBinder(context, ImmutableDictionary<string, BoundQuery>.Empty).Bind(query, null);
        return new TranslatedSql(bound.Sql, ResultColumns.Check(bound, query, context));
    }

    /// <summary>Says what is wrong with a query; without tables, what depends on a column's type is left to the translation.</summary>
    /// <returns>All refusals, in the order of their lines; only the first where the grammar is not kept.</returns>
    public static IReadOnlyList<DialectFinding> Lint(string sql, string file, TableColumns? tables = null, int firstLine = 1)
    {
        var source = new SourceFile(file, firstLine);
        var findings = new List<DialectFinding>();
        var context = new BindingContext(source, tables, findings);
        try
        {
            var query = SqlParser.Parse(sql, source);
            ResultColumns.Check(new QueryBinder(context, ImmutableDictionary<string, BoundQuery>.Empty).Bind(query, null), query, context);
        }
        catch (DialectException refusal)
        {
            context.Notes(refusal.Finding);
        }

        return [.. findings.Where(finding => tables is not null || finding.Rule != DialectRules.TypeNotKnown).OrderBy(finding => finding.Line)];
    }
}
