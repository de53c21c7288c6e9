using System.Collections.Immutable;
using System.Text.Json;

namespace Recoup.Lakehouse.Query.Statements;

/// <summary>
/// What a SELECT may use: the lake's tables, table functions that make rows out of their arguments, and every scalar function but those that tell of
/// the process. The sandbox refuses files and settings a second time.
/// </summary>
internal sealed class TreeRules
{
    /// <summary>All others are refused, whichever a later DuckDB adds: most read files, settings or (arrow_scan) memory.</summary>
    private static readonly HashSet<string> TableFunctions =
        new(["generate_series", "json_each", "json_tree", "range", "repeat", "unnest"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> RefusedFunctions =
        new(["current_setting", "getenv", "getvariable", "write_log", "query", "query_table"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> CatalogViews =
        new(["tables", "columns", "schemata", "views"], StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<TableName> tables = [];
    private bool needsCatalog;

    public static ReadStatement Check(JsonElement tree, string sql)
    {
        var rules = new TreeRules();
        var listing = CatalogListing.Of(tree);
        if (listing is null)
        {
            rules.Visit(tree, ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase));
        }

        return new ReadStatement(listing ?? sql, [.. rules.tables], rules.needsCatalog || listing is not null) { Tree = tree };
    }

    private void Visit(JsonElement node, ImmutableHashSet<string> named)
    {
        if (node.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray())
            {
                Visit(item, named);
            }
        }
        else if (node.ValueKind is JsonValueKind.Object)
        {
            if (node.TryGetProperty("cte_map", out var defined))
            {
                named = named.Union(defined.GetProperty("map").EnumerateArray().Select(entry => entry.GetProperty("key").GetString()!));
            }

            Check(node, named);
            foreach (var property in node.EnumerateObject())
            {
                Visit(property.Value, named);
            }
        }
    }

    private void Check(JsonElement node, ImmutableHashSet<string> named)
    {
        switch (Text(node, "type"))
        {
            case "BASE_TABLE":
                CheckTable(node, named);
                break;
            case "TABLE_FUNCTION":
                CheckTableFunction(Text(node.GetProperty("function"), "function_name"));
                break;
            case "SHOW_REF":
                CheckShow(node);
                break;
            default:
                if (Text(node, "function_name") is { } function && RefusedFunctions.Contains(function))
                {
                    throw QueryException.Refused($"The function '{function}' is not allowed: it reaches outside the lake.");
                }

                break;
        }
    }

    private void CheckTable(JsonElement node, ImmutableHashSet<string> named)
    {
        var table = new TableName(Text(node, "schema_name") ?? "", Text(node, "table_name") ?? "");
        if (Text(node, "catalog_name") is { Length: > 0 } catalog)
        {
            throw QueryException.Refused($"The name '{catalog}.{table}' has three parts: tables are named by namespace and name, such as gold.fct_payments.");
        }

        if (node.TryGetProperty("at_clause", out var at) && at.ValueKind is not JsonValueKind.Null)
        {
            throw QueryException.Refused($"AT (time travel) is not supported: '{table}' is read at its current snapshot.");
        }

        if (table.Namespace.Equals("information_schema", StringComparison.OrdinalIgnoreCase) && CatalogViews.Contains(table.Name))
        {
            needsCatalog = true;
        }
        else if (table.Namespace.Length > 0 || !named.Contains(table.Name))
        {
            tables.Add(table);
        }
    }

    private static void CheckTableFunction(string? function)
    {
        if (function is null || !TableFunctions.Contains(function))
        {
            throw QueryException.Refused(
                $"The table function '{function}' is not allowed: only the lake's tables are read, and {string.Join(", ", TableFunctions.Order(StringComparer.Ordinal))}.");
        }
    }

    private static void CheckShow(JsonElement node)
    {
        if (!node.TryGetProperty("query", out var query) || query.ValueKind is JsonValueKind.Null)
        {
            throw QueryException.Refused("SHOW can be a statement of its own here, not a part of one: select from information_schema.tables instead.");
        }
    }

    private static string? Text(JsonElement node, string property) =>
        node.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
