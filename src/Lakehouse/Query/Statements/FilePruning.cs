using System.Text.Json;
using System.Text.RegularExpressions;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Scans;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Query.Statements;

/// <summary>
/// Reads from a statement's WHERE which files of a table it can need. It only leaves files out: the statement filters the rows itself, so a condition
/// that is not understood here costs time and no row. Only comparisons whose order is the same in DuckDB and in the files' statistics are used.
/// </summary>
internal static partial class FilePruning
{
    /// <summary>The conditions on a table; <see cref="Filter.All"/> where it is named more than once or none is known.</summary>
    public static Filter Of(ReadStatement statement, TableName name, Table table)
    {
        if (statement.Tree is not { } tree || statement.Tables.Count(other => SameTable(other, name)) > 1)
        {
            return Filter.All;
        }

        var selects = new List<JsonElement>();
        return Find(tree, name, selects) is 1 && selects is [var select] && Plain(select.GetProperty("from_table"))
            ? new Conditions(table.Schema, select.GetProperty("from_table")).Of(select.GetProperty("where_clause")) ?? Filter.All
            : Filter.All;
    }

    /// <summary>Counts how often the table is named, and collects the SELECTs that read it alone.</summary>
    private static int Find(JsonElement node, TableName name, List<JsonElement> selects) => node.ValueKind switch
    {
        JsonValueKind.Array => node.EnumerateArray().Sum(item => Find(item, name, selects)),
        JsonValueKind.Object when IsTable(node, name) => 1,
        JsonValueKind.Object => FindBelow(node, name, selects),
        _ => 0,
    };

    private static int FindBelow(JsonElement node, TableName name, List<JsonElement> selects)
    {
        if (Text(node, "type") is "SELECT_NODE" && IsTable(node.GetProperty("from_table"), name))
        {
            selects.Add(node);
        }

        return node.EnumerateObject().Sum(property => Find(property.Value, name, selects));
    }

    private static bool IsTable(JsonElement node, TableName name) =>
        Text(node, "type") is "BASE_TABLE" && SameTable(new TableName(Text(node, "schema_name") ?? "", Text(node, "table_name") ?? ""), name);

    private static bool SameTable(TableName left, TableName right) => left.ToString().Equals(right.ToString(), StringComparison.OrdinalIgnoreCase);

    /// <summary>A sample would be another one of fewer files, and renamed columns are not looked through.</summary>
    private static bool Plain(JsonElement from) =>
        from.GetProperty("sample").ValueKind is JsonValueKind.Null && from.GetProperty("column_name_alias").GetArrayLength() is 0;

    private static string? Text(JsonElement node, string property) =>
        node.ValueKind is JsonValueKind.Object && node.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private sealed class Conditions(Schema schema, JsonElement from)
    {
        private static readonly Dictionary<string, (Comparison Comparison, Comparison Flipped)> Comparisons = new()
        {
            ["COMPARE_EQUAL"] = (Comparison.Equal, Comparison.Equal),
            ["COMPARE_LESSTHAN"] = (Comparison.Less, Comparison.Greater),
            ["COMPARE_LESSTHANOREQUALTO"] = (Comparison.LessOrEqual, Comparison.GreaterOrEqual),
            ["COMPARE_GREATERTHAN"] = (Comparison.Greater, Comparison.Less),
            ["COMPARE_GREATERTHANOREQUALTO"] = (Comparison.GreaterOrEqual, Comparison.LessOrEqual),
        };

        /// <summary>What must hold for a row to be kept, as far as it is understood; null for nothing.</summary>
        public Filter? Of(JsonElement node) => Text(node, "type") switch
        {
            "CONJUNCTION_AND" => node.GetProperty("children").EnumerateArray().Select(Of).OfType<Filter>().Aggregate((Filter?)null, (all, next) => all?.And(next) ?? next),
            "CONJUNCTION_OR" => Any(node.GetProperty("children").EnumerateArray().Select(Of)),
            "COMPARE_BETWEEN" => Between(node),
            "COMPARE_IN" => In(node),
            { } type when Comparisons.TryGetValue(type, out var comparison) =>
                Compare(node.GetProperty("left"), comparison.Comparison, node.GetProperty("right")) ?? Compare(node.GetProperty("right"), comparison.Flipped, node.GetProperty("left")),
            _ => null,
        };

        private static Filter? Any(IEnumerable<Filter?> filters)
        {
            var known = filters.ToArray();
            return known.Contains(null) ? null : known.OfType<Filter>().Aggregate((left, right) => left.Or(right));
        }

        private Filter? Between(JsonElement node)
        {
            var lower = Compare(node.GetProperty("input"), Comparison.GreaterOrEqual, node.GetProperty("lower"));
            var upper = Compare(node.GetProperty("input"), Comparison.LessOrEqual, node.GetProperty("upper"));
            return lower is null ? upper : upper is null ? lower : lower.And(upper);
        }

        private Filter? In(JsonElement node)
        {
            var children = node.GetProperty("children").EnumerateArray().ToArray();
            return children.Length > 1 ? Any(children[1..].Select(value => Compare(children[0], Comparison.Equal, value))) : null;
        }

        private Filter? Compare(JsonElement column, Comparison comparison, JsonElement value) =>
            Column(column) is { Type: PrimitiveType type } field && Constant(type, value) is { } text && ValueText.TryParse(type, text, out _)
                ? Filter.Compare(field.Name, comparison, text)
                : null;

        /// <summary>A column by its name alone, or with the name that the statement gives the table.</summary>
        private NestedField? Column(JsonElement node)
        {
            if (Text(node, "type") is not "COLUMN_REF")
            {
                return null;
            }

            var names = node.GetProperty("column_names").EnumerateArray().Select(part => part.GetString()!).ToArray();
            var shown = Text(from, "alias") is { Length: > 0 } alias ? alias : Text(from, "table_name");
            return names switch
            {
                [var name] => TopLevel(name),
                [var table, var name] when table.Equals(shown, StringComparison.OrdinalIgnoreCase) && TopLevel(table) is null => TopLevel(name),
                _ => null,
            };
        }

        private NestedField? TopLevel(string name) => schema.Fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

        private static string? Constant(PrimitiveType type, JsonElement node) => (type.Kind, Literal(node), Cast(node)) switch
        {
            (PrimitiveKind.Int or PrimitiveKind.Long, { ValueKind: JsonValueKind.Number } number, null) when Whole().IsMatch(number.GetRawText()) => number.GetRawText(),
            (PrimitiveKind.String, { ValueKind: JsonValueKind.String } text, null) => text.GetString(),
            (PrimitiveKind.Date, { ValueKind: JsonValueKind.String } text, null or "DATE") when Day().IsMatch(text.GetString()!) => text.GetString(),
            (PrimitiveKind.Timestamp or PrimitiveKind.Timestamptz, { ValueKind: JsonValueKind.String } text, "DATE") when Day().IsMatch(text.GetString()!) => text.GetString(),
            (PrimitiveKind.Timestamp or PrimitiveKind.Timestamptz, { ValueKind: JsonValueKind.String } text, null or "TIMESTAMP" or "TIMESTAMP WITH TIME ZONE")
                when Moment().IsMatch(text.GetString()!) => text.GetString(),
            _ => null,
        };

        private static string? Cast(JsonElement node) =>
            Text(node, "type") is "OPERATOR_CAST" ? Text(node.GetProperty("cast_type"), "id") ?? "" : null;

        private static JsonElement? Literal(JsonElement node) => Text(node, "type") switch
        {
            "VALUE_CONSTANT" when node.GetProperty("value").TryGetProperty("value", out var value) => value,
            "OPERATOR_CAST" when Text(node.GetProperty("child"), "type") is "VALUE_CONSTANT" => Literal(node.GetProperty("child")),
            _ => null,
        };
    }

    [GeneratedRegex(@"^-?\d+$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d$")]
    private static partial Regex Day();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|\+00(:00)?)?)?$")]
    private static partial Regex Moment();
}
