using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Dbt.Warehouses.DuckDb;

/// <summary>The statements by which dbt-duckdb brings staged rows into a table. Keys and conditions are put in as the project wrote them.</summary>
/// <param name="Target">The table, quoted.</param>
/// <param name="Stage">The temporary table with the new rows, quoted.</param>
/// <param name="Columns">The columns that are written.</param>
/// <param name="Plan">Strategy, keys and conditions.</param>
internal sealed record IncrementalSql(string Target, string Stage, IReadOnlyList<RelationColumn> Columns, IncrementalPlan Plan)
{
    public IEnumerable<string> Statements() => Plan.Strategy switch
    {
        IncrementalStrategy.Append => [Insert()],
        IncrementalStrategy.DeleteInsert => Plan.UniqueKey.Count is 0 ? [Insert()] : [Delete(), Insert()],
        _ => [Merge()],
    };

    private string Insert()
    {
        var names = string.Join(", ", Columns.Select(column => SqlText.Name(column.Name)));
        return $"INSERT INTO {Target} ({names}) (SELECT {names} FROM {Stage})";
    }

    private string Delete() => Plan.UniqueKey is [var key]
        ? $"DELETE FROM {Target} WHERE ({key}) IN (SELECT ({key}) FROM {Stage}){Predicates()}"
        : $"DELETE FROM {Target} AS DBT_INCREMENTAL_TARGET USING {Stage} WHERE ("
            + string.Join(" AND ", Plan.UniqueKey.Select(key => $"{Stage}.{key} = DBT_INCREMENTAL_TARGET.{key}")) + Predicates() + ")";

    private string Predicates() => string.Concat(Plan.Predicates.Select(predicate => $" AND {predicate}"));

    private string Merge() =>
        $"MERGE INTO {Target} AS DBT_INTERNAL_DEST USING {Stage} AS DBT_INTERNAL_SOURCE ON ({string.Join(") AND (", [.. Matches(), .. Plan.Predicates])}) "
        + $"WHEN MATCHED THEN {Update()} WHEN NOT MATCHED THEN INSERT BY NAME";

    private IEnumerable<string> Matches() => Plan.UniqueKey.Count is 0
        ? ["FALSE"]
        : Plan.UniqueKey.Select(key => $"DBT_INTERNAL_SOURCE.{key} = DBT_INTERNAL_DEST.{key}");

    private string Update() => Plan.UpdatedColumns(Columns) is { } updated
        ? $"UPDATE SET {string.Join(", ", updated.Select(column => $"{column} = DBT_INTERNAL_SOURCE.{column}"))}"
        : "UPDATE BY NAME";
}
