using Recoup.Lakehouse.FlinkSql.Binding;

namespace Recoup.Lakehouse.FlinkSql.Planning;

/// <summary>Rows with named columns, and the SQL that makes them.</summary>
/// <param name="Sql">A query whose columns are called c0, c1, ...: Flink tells names apart by case, DuckDB does not.</param>
/// <param name="Columns">What one who reads from it may name.</param>
internal sealed record Relation(string Sql, IReadOnlyList<ScopeColumn> Columns)
{
    public Scope ScopeAs(string? table) => new([.. Columns.Select(column => column with { Table = table })]);
}
