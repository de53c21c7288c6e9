using System.Text.Json;
using System.Text.Unicode;
using Recoup.Intake;

namespace Recoup.Webhooks;

/// <summary>A webhook's body as JSON: checked once at the intake, so that what is kept can always be read again.</summary>
public static class WebhookBody
{
    /// <summary>Parses the body; null when it is not one JSON object in UTF-8.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
        {
            return null;
        }

        try
        {
            var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object && HasReadableTexts(document.RootElement))
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The path of the first field that holds what looks like a card number; null when there is none.</summary>
    public static string? FindCardNumber(JsonElement element, string path = "")
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return IsCardNumber(element.GetString()!) ? path : null;
            case JsonValueKind.Number:
                return CardNumbers.Contains(element.GetRawText()) && element.TryGetDecimal(out var number) && decimal.IsInteger(number) ? path : null;
            case JsonValueKind.Array:
                return element.EnumerateArray().Select((item, index) => FindCardNumber(item, $"{path}[{index}]")).FirstOrDefault(found => found is not null);
            case JsonValueKind.Object:
                return element.EnumerateObject().Select(property => FindCardNumber(property, path)).FirstOrDefault(found => found is not null);
            default:
                return null;
        }
    }

    private static string? FindCardNumber(JsonProperty property, string path)
    {
        if (CardNumbers.Contains(property.Name))
        {
            return path.Length == 0 ? "(a field's name)" : $"{path}.(a field's name)";
        }

        return FindCardNumber(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}");
    }

    /// <summary>Event and request ids are UUIDs, whose groups of digits may look like a card number by chance.</summary>
    private static bool IsCardNumber(string text) => CardNumbers.Contains(text) && !Guid.TryParseExact(text, "D", out _);

    /// <summary>False when a text has half of a surrogate pair: it is valid JSON, and no Unicode text.</summary>
    private static bool HasReadableTexts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => IsReadable(() => element.GetString()),
        JsonValueKind.Array => element.EnumerateArray().All(HasReadableTexts),
        JsonValueKind.Object => element.EnumerateObject().All(property => IsReadable(() => property.Name) && HasReadableTexts(property.Value)),
        _ => true,
    };

    private static bool IsReadable(Func<string?> read)
    {
        try
        {
            return read() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
