using System.Text.Json;

namespace Recoup.Intake;

/// <summary>Reads a JSON object that came from outside, and refuses what must never be taken in.</summary>
public static class InputDocument
{
    /// <summary>Deeper than any input needs to be.</summary>
    private const int DepthMax = 16;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = DepthMax, AllowDuplicateProperties = false };

    /// <summary>
    /// Parses one JSON object in UTF-8: no byte-order mark, nothing behind it, no key twice (which of the two amounts would be charged?).
    /// </summary>
    /// <exception cref="JsonException">It is not that; the message says where, without the text.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        var document = JsonDocument.Parse(utf8, Strict);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        var kind = document.RootElement.ValueKind;
        document.Dispose();
        throw new JsonException($"A JSON object was expected, not {kind}.");
    }

    /// <summary>Notes every field, known or not and however deep, that holds what looks like a card number. The number is not repeated.</summary>
    public static void RefuseCardNumbers(JsonElement element, FieldErrors errors) => Refuse(element, "", errors);

    private static void Refuse(JsonElement element, string path, FieldErrors errors)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    RefuseProperty(property, path, errors);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Refuse(item, $"{path}[{index++}]", errors);
                }

                break;
            case JsonValueKind.String when CardNumbers.Contains(InputText.Read(element)):
            case JsonValueKind.Number when CardNumbers.Contains(element.GetRawText()):
                errors.Add(path, "looks like a card number; send the token of your provider instead");
                break;
        }
    }

    private static void RefuseProperty(JsonProperty property, string path, FieldErrors errors)
    {
        var name = NameOf(property);
        if (name is null || CardNumbers.Contains(name))
        {
            errors.Add(path.Length == 0 ? "*" : path + ".*", "has a name that looks like a card number or is no valid Unicode");
            return;
        }

        Refuse(property.Value, path.Length == 0 ? name : $"{path}.{name}", errors);
    }

    /// <summary>The property's name; null when its escapes are no valid Unicode.</summary>
    internal static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
