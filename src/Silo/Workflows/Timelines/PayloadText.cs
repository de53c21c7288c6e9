using System.Globalization;
using System.Text;
using System.Text.Json;
using Temporalio.Api.Common.V1;

namespace Recoup.Silo.Workflows.Timelines;

/// <summary>Payloads of a history for people: JSON as it is, cut where it gets long; of anything else its size and encoding.</summary>
internal static class PayloadText
{
    private const int LengthMax = 120;

    public static string Of(Payloads? payloads) => payloads is null ? "" : string.Join(", ", payloads.Payloads_.Select(Of));

    public static string Of(Payload payload)
    {
        var encoding = payload.Metadata.TryGetValue("encoding", out var named) ? named.ToStringUtf8() : "unknown";
        return encoding switch
        {
            "json/plain" or "json/protobuf" => Shortened(payload.Data.ToStringUtf8()),
            "binary/null" => "null",
            _ => string.Create(CultureInfo.InvariantCulture, $"{payload.Data.Length} bytes of {encoding}"),
        };
    }

    /// <summary>The payload's JSON value; null when it is not JSON.</summary>
    public static JsonElement? Json(Payload? payload)
    {
        if (payload is null || !payload.Metadata.TryGetValue("encoding", out var encoding) || encoding.ToStringUtf8() is not ("json/plain" or "json/protobuf"))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<JsonElement>(payload.Data.Span);
        }
        catch (JsonException)
        {
            // A payload that calls itself JSON and is none is shown as text by Of.
            return null;
        }
    }

    /// <summary>A payload that is one JSON string, such as a summary; null otherwise.</summary>
    public static string? String(Payload? payload) => Json(payload) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static string Shortened(string text)
    {
        if (text.Length <= LengthMax)
        {
            return text;
        }

        var cut = new StringBuilder(text, 0, LengthMax - 1, LengthMax);
        return cut.Append('…').ToString();
    }
}
