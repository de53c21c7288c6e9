using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>What an incremental model's config means.</summary>
internal static class IncrementalPlans
{
    public static IncrementalPlan Of(DbtNode node, string adapterType)
    {
        var keys = node.Config.GetStrings("unique_key");
        return new IncrementalPlan(Strategy(node, adapterType, keys.Count > 0))
        {
            UniqueKey = keys,
            OnSchemaChange = SchemaChange(node.Config.GetText("on_schema_change")),
            MergeUpdateColumns = Columns(node, "merge_update_columns"),
            MergeExcludeColumns = Columns(node, "merge_exclude_columns"),
            Predicates = node.Config.GetStrings(node.Config.ContainsKey("incremental_predicates") ? "incremental_predicates" : "predicates"),
        };
    }

    /// <summary>Without a strategy dbt-duckdb replaces by key and dbt-trino appends: the two adapters differ, and so do we.</summary>
    private static IncrementalStrategy Strategy(DbtNode node, string adapterType, bool hasKey) => node.Config.GetText("incremental_strategy") switch
    {
        null or "default" when adapterType == "duckdb" && hasKey => IncrementalStrategy.DeleteInsert,
        null or "default" or "append" => IncrementalStrategy.Append,
        "merge" => IncrementalStrategy.Merge,
        "delete+insert" => IncrementalStrategy.DeleteInsert,
        var other => throw new JinjaException(
            JinjaErrorKind.Compilation, $"The incremental strategy '{other}' is not valid for this adapter: use append, merge or delete+insert."),
    };

    /// <summary>dbt takes a word that it does not know for <c>ignore</c>, and warns.</summary>
    private static OnSchemaChange SchemaChange(string? text) => text switch
    {
        "fail" => OnSchemaChange.Fail,
        "append_new_columns" => OnSchemaChange.AppendNewColumns,
        "sync_all_columns" => OnSchemaChange.SyncAllColumns,
        _ => OnSchemaChange.Ignore,
    };

    private static IReadOnlyList<string>? Columns(DbtNode node, string key) => node.Config.Get(key) is null ? null : node.Config.GetStrings(key);
}
