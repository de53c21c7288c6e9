using System.Text.Json;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Query.Statements;

/// <summary>
/// SHOW TABLES and its kin, asked of the lake: DuckDB would show the tables of its own main schema, which has none.
/// </summary>
internal static class CatalogListing
{
    private const string Tables = "SELECT table_schema AS namespace, table_name AS \"table\" FROM information_schema.tables";

    /// <returns>The SELECT to execute instead; null where the statement is something else.</returns>
    public static string? Of(JsonElement tree)
    {
        if (!tree.TryGetProperty("from_table", out var show) || show.GetProperty("type").GetString() != "SHOW_REF" || !IsStar(tree)
            || show.GetProperty("query").ValueKind is not JsonValueKind.Null)
        {
            return null;
        }

        return (show.GetProperty("show_type").GetString(), show.GetProperty("table_name").GetString()) switch
        {
            ("SHOW_FROM", _) => $"{Tables} WHERE lower(table_schema) = lower({SqlText.Quote(show.GetProperty("schema_name").GetString()!)}) ORDER BY ALL",
            (_, "\"tables\"" or "__show_tables_expanded") => $"{Tables} ORDER BY ALL",
            (_, "\"schemas\"") => "SELECT DISTINCT table_schema AS namespace FROM information_schema.tables ORDER BY ALL",
            (_, var other) => throw QueryException.Refused($"SHOW {other} is not supported: SHOW TABLES, SHOW TABLES FROM a namespace and SHOW SCHEMAS are."),
        };
    }

    private static bool IsStar(JsonElement tree) =>
        tree.GetProperty("select_list") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() is 1
        && list[0].GetProperty("type").GetString() == "STAR" && tree.GetProperty("where_clause").ValueKind is JsonValueKind.Null;
}
