using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Dbt.Warehouses.Lake;

/// <summary>
/// The rows that take the place of files in which an increment has found rows to replace. Keys are put in as the project wrote them, as dbt does.
/// </summary>
/// <param name="Plan">Strategy, keys and conditions; the conditions are DuckDB's SQL here.</param>
/// <param name="Stage">The temporary table with the model's rows.</param>
/// <param name="Columns">The table's columns after the increment.</param>
/// <param name="Written">Those of them that the model's rows have.</param>
internal sealed record RewriteSql(IncrementalPlan Plan, string Stage, IReadOnlyList<LakeColumn> Columns, IReadOnlyList<string> Written)
{
    private const string Matched = "recoup_matched";

    private string Target => Alias(Plan.Strategy);

    /// <summary>Whether rows of the table are looked at, and not only new ones added.</summary>
    public bool LooksAtRows => Plan.Strategy is not IncrementalStrategy.Append && Plan.UniqueKey.Count > 0;

    /// <summary>What a condition of the plan may name.</summary>
    public static string From(IncrementalStrategy strategy, TableIdentifier table, string stage)
    {
        var target = $"{SqlText.Name(table.Namespace.ToString())}.{SqlText.Name(table.Name)} AS {Alias(strategy)}";
        return strategy is IncrementalStrategy.Merge ? $"{target} CROSS JOIN {stage} AS DBT_INTERNAL_SOURCE" : target;
    }

    /// <summary>Whether one row at least is replaced.</summary>
    /// <param name="old">The rows of some files.</param>
    public string AnyMatch(string old) => $"SELECT 1 FROM ({old}) AS {Target} WHERE {Match()} LIMIT 1";

    /// <summary>A row of the table that two of the model's rows would update, if there is one.</summary>
    public string TwoMatches(string old) =>
        $"SELECT 1 FROM (SELECT *, row_number() OVER () AS {Matched} FROM ({old})) AS {Target} JOIN {Stage} AS DBT_INTERNAL_SOURCE ON {On()} GROUP BY {Matched} HAVING count(*) > 1 LIMIT 1";

    /// <summary>All rows to write.</summary>
    /// <param name="old">The rows of the files that are replaced, with <see cref="Columns"/>; <see langword="null"/> when there are none.</param>
    public string Rows(string? old) => old is null ? $"SELECT {NewColumns()} FROM {Stage}" : Plan.Strategy switch
    {
        IncrementalStrategy.Append => $"SELECT * FROM ({old}) UNION ALL SELECT {NewColumns()} FROM {Stage}",
        IncrementalStrategy.DeleteInsert => $"SELECT * FROM ({old}) AS {Target} WHERE ({Match()}) IS NOT TRUE UNION ALL SELECT {NewColumns()} FROM {Stage}",
        _ => $"SELECT {string.Join(", ", Columns.Select(Merged))} FROM ({old}) AS {Target} "
            + $"LEFT JOIN (SELECT *, true AS {Matched} FROM {Stage}) AS DBT_INTERNAL_SOURCE ON {On()} "
            + $"UNION ALL SELECT {NewColumns()} FROM {Stage} AS DBT_INTERNAL_SOURCE WHERE NOT EXISTS (SELECT 1 FROM ({old}) AS {Target} WHERE {On()})",
    };

    private static string Alias(IncrementalStrategy strategy) => strategy is IncrementalStrategy.Merge ? "DBT_INTERNAL_DEST" : "DBT_INCREMENTAL_TARGET";

    private string Match() => Plan.Strategy is IncrementalStrategy.Merge
        ? $"EXISTS (SELECT 1 FROM {Stage} AS DBT_INTERNAL_SOURCE WHERE {On()})"
        : string.Join(" AND ", Plan.Predicates.Select(predicate => $"({predicate})").Prepend(KeysMatch()));

    private string KeysMatch() => Plan.UniqueKey is [var key]
        ? $"(({key}) IN (SELECT ({key}) FROM {Stage}))"
        : $"EXISTS (SELECT 1 FROM {Stage} AS DBT_INTERNAL_STAGE WHERE {string.Join(" AND ", Plan.UniqueKey.Select(key => $"DBT_INTERNAL_STAGE.{key} = {Target}.{key}"))})";

    private string On() =>
        string.Join(" AND ", [.. Plan.UniqueKey.Select(key => $"(DBT_INTERNAL_SOURCE.{key} = {Target}.{key})"), .. Plan.Predicates.Select(predicate => $"({predicate})")]);

    private string NewColumns() => string.Join(", ", Columns.Select(column => Written.Contains(column.Name) ? column.Typed : column.Missing));

    private string Merged(LakeColumn column)
    {
        var name = SqlText.Name(column.Name);
        return IsUpdated(column)
            ? $"CASE WHEN DBT_INTERNAL_SOURCE.{Matched} THEN CAST(DBT_INTERNAL_SOURCE.{name} AS {DuckType.Of(column.Type)}) ELSE {Target}.{name} END AS {name}"
            : $"{Target}.{name}";
    }

    private bool IsUpdated(LakeColumn column) => Written.Contains(column.Name)
        && (Plan.UpdatedColumns([.. Columns.Where(other => Written.Contains(other.Name)).Select(other => other.ToRelation())])?
            .Any(name => name.Trim('"').Equals(column.Name, StringComparison.OrdinalIgnoreCase)) ?? true);
}
