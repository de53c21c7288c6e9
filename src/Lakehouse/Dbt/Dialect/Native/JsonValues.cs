using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recoup.Lakehouse.FlinkSql.Native;

namespace Recoup.Lakehouse.Dbt.Dialect.Native;

/// <summary>JSON as a value: its text without blanks. Numbers with a point or an exponent are refused, as Trino writes them anew.</summary>
internal static class JsonValues
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value at the path, its members in their order.</summary>
    public static string? Extract(string json, string path)
    {
        var steps = JsonPaths.Parse(path);
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), JsonPaths.Deep);
            if (!JsonPaths.Seek(ref reader, steps))
            {
                return null;
            }

            using var document = JsonDocument.ParseValue(ref reader);
            Check(document.RootElement);
            return JsonSerializer.Serialize(document.RootElement, Compact);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The whole text, members ordered by name, the last of a name winning; null where it is no JSON.</summary>
    public static string? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            Check(document.RootElement);
            return Sorted(document.RootElement)?.ToJsonString(Compact) ?? "null";
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The items of the array that the text begins with; what follows it is not read.</summary>
    public static long? ArrayLength(string json)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), JsonPaths.Deep);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartArray)
            {
                return null;
            }

            var length = 0L;
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                length++;
                reader.Skip();
            }

            return length;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Check(JsonElement element)
    {
        if (element.ValueKind is JsonValueKind.Number && (!long.TryParse(element.GetRawText(), out _) || element.GetRawText() == "-0"))
        {
            throw new FlinkValueException("L11: a JSON value holds a number with a point or an exponent, which Trino writes anew; take it with json_extract_scalar");
        }

        if (element.GetRawText().AsSpan().ContainsAnyExceptInRange(' ', '~') || element.GetRawText().Contains('\\', StringComparison.Ordinal))
        {
            throw new FlinkValueException("L11: a JSON value holds an escape or a sign beyond ASCII, which may be written otherwise; take it with json_extract_scalar");
        }

        var children = element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray(),
            JsonValueKind.Object => element.EnumerateObject().Select(member => member.Value),
            _ => Enumerable.Empty<JsonElement>(),
        };
        foreach (var child in children)
        {
            Check(child);
        }
    }

    private static JsonNode? Sorted(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(element.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => KeyValuePair.Create(group.Key, Sorted(group.Last().Value)))),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Select(Sorted)]),
        _ => JsonNode.Parse(element.GetRawText()),
    };
}
