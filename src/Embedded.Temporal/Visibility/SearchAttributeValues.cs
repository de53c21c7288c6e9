using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recoup.Embedded.Temporal.Runs;

namespace Recoup.Embedded.Temporal.Visibility;

/// <summary>Between the JSON payloads of search attributes and plain values that SQL compares.</summary>
internal static class SearchAttributeValues
{
    /// <summary>
    /// The real development server compares times of custom attributes as text, and writes them in two ways: stored with
    /// three decimals, in queries with as few as needed. So a stored time counts as later than the same time in a query.
    /// </summary>
    private const string StoredTime = "yyyy-MM-dd HH:mm:ss.fff+00:00";

    private const string AskedTime = "yyyy-MM-dd HH:mm:ss.FFFFFF+00:00";

    /// <summary>
    /// Reads a value of a type: text, numbers, true or false as 1 or 0, times as text in UTC, lists of text. A list of one
    /// stands for its element, as the older SDKs write it; nothing stands for nothing.
    /// </summary>
    public static bool TryRead(Payload payload, IndexedValueType type, out JsonNode? value)
    {
        value = null;
        if (NullPayload.IsNull(payload))
        {
            return true;
        }

        try
        {
            var json = JsonNode.Parse(payload.Data.Span);
            if (type == IndexedValueType.KeywordList)
            {
                var items = json is JsonArray list ? [.. list] : new[] { json };
                value = new JsonArray([.. items.Select(item => (JsonNode)item!.GetValue<string>())]);
                return true;
            }

            value = Scalar(json is JsonArray { Count: 1 } one ? one[0]! : json!, type);
            return true;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    public static string Shown(Payload payload)
    {
        var text = payload.Data.ToStringUtf8();
        return text.Length >= 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;
    }

    /// <summary>All attributes as one JSON object; null when there are none.</summary>
    public static string? Json(SearchAttributes? attributes)
    {
        if (attributes is null || attributes.IndexedFields.Count == 0)
        {
            return null;
        }

        var json = new JsonObject();
        foreach (var (name, payload) in attributes.IndexedFields)
        {
            var type = payload.Metadata.TryGetValue("type", out var named) && Enum.TryParse<IndexedValueType>(named.ToStringUtf8(), out var parsed) ? parsed : IndexedValueType.Keyword;
            if (TryRead(payload, type, out var value))
            {
                json[name] = value;
            }
        }

        return json.ToJsonString();
    }

    public static bool TryParseTime(string text, out DateTime at)
    {
        at = default;

        // A date alone has no zone and is no time, for the real server neither.
        return text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)
            && (at = parsed.UtcDateTime) != default;
    }

    /// <summary>A time of a query, as custom attributes are compared with it.</summary>
    public static string Asked(DateTime at) => at.ToString(AskedTime, CultureInfo.InvariantCulture);

    private static JsonNode Scalar(JsonNode json, IndexedValueType type) => type switch
    {
        IndexedValueType.Int => json.GetValue<long>(),
        IndexedValueType.Double => json.GetValue<double>(),
        IndexedValueType.Bool => json.GetValue<bool>() ? 1 : 0,
        IndexedValueType.Datetime => TryParseTime(json.GetValue<string>(), out var at) ? at.ToString(StoredTime, CultureInfo.InvariantCulture) : throw new FormatException("no time"),
        _ => json.GetValue<string>(),
    };
}
