using System.Globalization;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Tests.Iceberg;

/// <summary>
/// Rows as text that two engines' rows can be compared by: every scalar is the hexadecimal digits of its single-value bytes, a map is sorted, and
/// the rows themselves are sorted, since a table has no order.
/// </summary>
internal static class Rows
{
    public static string[] Query(DuckDBConnection connection, string select, Schema schema)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", schema.Fields.Select(field => $"CAST(to_json({Text(field.Type, SqlText.Name(field.Name), 0)}) AS VARCHAR)"))} FROM ({select})";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', schema.Fields.Select((field, index) => Canonical(field.Type, reader.IsDBNull(index) ? null : JsonNode.Parse(reader.GetString(index))))));
        }

        rows.Sort(StringComparer.Ordinal);
        return [.. rows];
    }

    public static string[] Expected(JsonArray rows, Schema schema)
    {
        var texts = rows.Select(row => string.Join('|', schema.Fields.Select(field => Canonical(field.Type, row![field.Name])))).ToArray();
        Array.Sort(texts, StringComparer.Ordinal);
        return texts;
    }

    public static string Canonical(IcebergType type, JsonNode? value) => (type, value) switch
    {
        (_, null) => "null",
        (PrimitiveType primitive, _) => Convert.ToHexString(SingleValue.Write(primitive, ValueText.Parse(primitive, Scalar(value)))),
        (StructType structure, JsonObject fields) => $"{{{string.Join(',', structure.Fields.Select(field => $"{field.Name}={Canonical(field.Type, fields[field.Name])}"))}}}",
        (ListType list, JsonArray items) => $"[{string.Join(',', items.Select(item => Canonical(list.Element, item)))}]",
        (MapType map, JsonObject entries) => $"<{string.Join(',', entries.Select(pair => Pair(map, new JsonArray(pair.Key, pair.Value?.DeepClone()))).Order(StringComparer.Ordinal))}>",
        (MapType map, JsonArray pairs) => $"<{string.Join(',', pairs.Select(pair => Pair(map, pair!)).Order(StringComparer.Ordinal))}>",
        _ => throw new InvalidOperationException($"{value} is no {type}."),
    };

    private static string Scalar(JsonNode value) => value.GetValueKind() is System.Text.Json.JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static string Pair(MapType map, JsonNode pair)
    {
        var (key, value) = pair is JsonArray both ? (both[0], both[1]) : (pair["key"], pair["value"]);
        return $"{Canonical(map.Key, key)}:{Canonical(map.Value, value)}";
    }

    private static string Text(IcebergType type, string sql, int depth) => type switch
    {
        PrimitiveType { Kind: PrimitiveKind.Fixed or PrimitiveKind.Binary } => $"hex({sql})",
        PrimitiveType => $"CAST({sql} AS VARCHAR)",
        StructType structure =>
            $"CASE WHEN {sql} IS NOT NULL THEN {{{string.Join(", ", structure.Fields.Select(field => $"{SqlText.Quote(field.Name)}: {Text(field.Type, $"{sql}[{SqlText.Quote(field.Name)}]", depth)}"))}}} END",
        ListType list => $"list_transform({sql}, lambda {Variable(depth)}: {Text(list.Element, Variable(depth), depth + 1)})",
        MapType map => $"list_transform(map_entries({sql}), lambda {Variable(depth)}: {{'key': {Text(map.Key, $"{Variable(depth)}['key']", depth + 1)}, 'value': {Text(map.Value, $"{Variable(depth)}['value']", depth + 1)}}})",
        _ => throw new NotSupportedException(type.ToString()),
    };

    private static string Variable(int depth) => string.Create(CultureInfo.InvariantCulture, $"part{depth}");
}
