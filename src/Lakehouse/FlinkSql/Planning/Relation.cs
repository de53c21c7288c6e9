using Recoup.Lakehouse.FlinkSql.Binding;

namespace Recoup.Lakehouse.FlinkSql.Planning;

/// <summary>Rows with named columns, and the SQL that makes them.</summary>
/// <param name="Sql">
/// A query whose columns are called c0, c1, ...: Flink tells names apart by case, DuckDB does not. The number of the record
/// in its batch goes along with every row.
/// </param>
/// <param name="Columns">What one who reads from it may name.</param>
internal sealed record Relation(string Sql, IReadOnlyList<ScopeColumn> Columns)
{
    /// <summary>A name that no script can give: Flink's columns become c0, c1, ...</summary>
    public const string RecordNumber = "flink_n";
}
