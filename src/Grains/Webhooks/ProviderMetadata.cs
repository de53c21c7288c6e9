using System.Text.Json;

namespace Recoup.Webhooks;

/// <summary>The merchant's own notes on a provider's object.</summary>
internal static class ProviderMetadata
{
    /// <summary>As <c>SubmitPayment.Metadata</c> limits it.</summary>
    private const int EntriesMax = 50;

    public static IReadOnlyDictionary<string, string> Of(JsonElement element)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        if (element.At("metadata") is { ValueKind: JsonValueKind.Object } notes)
        {
            foreach (var note in notes.EnumerateObject().Where(note => note.Value.ValueKind == JsonValueKind.String).Take(EntriesMax))
            {
                metadata[note.Name] = note.Value.GetString()!;
            }
        }

        return metadata;
    }
}
