using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Recoup.Intake;
using Recoup.Silo.Events;

namespace Recoup.Silo.Lake.Quarantine;

/// <summary>How a record is to be corrected: by another one, or by values for some of its fields.</summary>
/// <param name="Record">The whole corrected record; null: the original's bytes are changed.</param>
/// <param name="Values">By field; a dot leads into an object (<c>decision.method</c>).</param>
internal sealed record Correction(byte[]? Record, IReadOnlyDictionary<string, JsonElement> Values)
{
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 64, AllowDuplicateProperties = true };

    /// <summary>The corrected bytes. An event without an id gets one that every other replay of the original would get too.</summary>
    /// <param name="original">The quarantined bytes.</param>
    /// <param name="idField">What the topic's events call their id.</param>
    /// <param name="idOtherwise">The id of one that has none.</param>
    /// <exception cref="CorrectionException">The correction cannot be applied, or holds what may not be published.</exception>
    public byte[] Apply(byte[]? original, string idField, string idOtherwise)
    {
        var record = Object(Record ?? original) ?? throw new CorrectionException(Record is null
            ? "Its record is not one JSON object, so that no field of it can be set. Send the whole corrected record."
            : "The corrected record is not one JSON object in UTF-8.");
        foreach (var (path, value) in Values)
        {
            Set(record, path, value);
        }

        if (IsNothing(record[idField]))
        {
            record[idField] = idOtherwise;
        }

        return Checked(Encoding.UTF8.GetBytes(record.ToJsonString(RecoupJson.Options)));
    }

    private static bool IsNothing(JsonNode? value) =>
        value is null || (value.GetValueKind() == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetValue<string>()));

    /// <summary>The object; null when the bytes are no JSON object. Of equal keys the last counts, as in the validation.</summary>
    private static JsonObject? Object(byte[]? bytes)
    {
        if (bytes is null || !Utf8.IsValid(bytes))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, Lenient);
            return Node(document.RootElement) as JsonObject;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Not JSON, or a name or text with half of a surrogate pair, which no UTF-8 can hold.
            return null;
        }
    }

    private static JsonNode? Node(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var node = new JsonObject();
                foreach (var property in element.EnumerateObject())
                {
                    node[property.Name] = Node(property.Value);
                }

                return node;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Node)]);
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.String:
                return JsonValue.Create(element.GetString());
            default:
                return JsonValue.Create(element.Clone());
        }
    }

    private static void Set(JsonObject record, string path, JsonElement value)
    {
        var names = path.Split('.');
        var owner = record;
        foreach (var name in names[..^1])
        {
            if (owner[name] is null)
            {
                owner[name] = new JsonObject();
            }

            owner = owner[name] as JsonObject ?? throw new CorrectionException($"'{name}' of '{path}' is no object: set it as a whole.");
        }

        owner[names[^1]] = Node(value);
    }

    /// <summary>The validation looks at the columns only: here no field may hold a card number, and no gap may stay where one was.</summary>
    private static byte[] Checked(byte[] record)
    {
        if (DeadLetterRedaction.Redact(record) is var kept && !ReferenceEquals(kept, record))
        {
            throw new CorrectionException("The corrected record holds what looks like a card number: put the provider's token in its place.");
        }

        return Encoding.UTF8.GetString(record).Contains(CardNumbers.Removed, StringComparison.Ordinal)
            ? throw new CorrectionException($"A field still says '{CardNumbers.Removed}': set what belongs there, or null.")
            : record;
    }
}

/// <summary>A correction cannot be applied; the message does not repeat the record.</summary>
internal sealed class CorrectionException(string message) : Exception(message);
