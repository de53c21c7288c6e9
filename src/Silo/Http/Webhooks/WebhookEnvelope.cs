using System.Text.Json;
using Recoup.Webhooks;

namespace Recoup.Silo.Http.Webhooks;

/// <summary>What every event of a provider carries: an id, which is also the check for redelivery, and a type.</summary>
internal static class WebhookEnvelope
{
    private const int LengthMax = 255;

    /// <summary>The event; null with the faults where the body is not one.</summary>
    public static WebhookEvent? Open(string provider, ReadOnlyMemory<byte> body, JsonElement root, DateTimeOffset receivedAt, List<FieldFault> faults)
    {
        var id = Read(root, provider == ProviderEvents.Square ? "event_id" : "id", faults);
        var type = Read(root, "type", faults);
        return id is null || type is null
            ? null
            : new WebhookEvent { Provider = provider, EventId = id, EventType = type, Body = body, ReceivedAt = receivedAt };
    }

    private static string? Read(JsonElement root, string name, List<FieldFault> faults)
    {
        var text = root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (text is { Length: > 0 and <= LengthMax } && text.All(IsAllowed))
        {
            return text;
        }

        faults.Add(new FieldFault(name, $"is missing or is not a text of 1 to {LengthMax} letters, digits, '_', '-', '.' or ':'"));
        return null;
    }

    /// <summary>These texts become keys and stand in logs: nothing but what ids are made of.</summary>
    private static bool IsAllowed(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.' or ':';
}
