using System.Text.Json;

namespace Recoup.Client.Replay;

/// <summary>One file of the folder: its bytes as they are, and whose event it is; null where neither shape nor folder says it.</summary>
internal sealed record WebhookPayload(string Name, ReadOnlyMemory<byte> Body, WebhookProvider? Provider, string? EventType)
{
    /// <summary>Recognises the provider by the payload's shape; where the payload is no JSON, or of neither shape, by the name of its folder.</summary>
    public static WebhookPayload Recognise(string name, ReadOnlyMemory<byte> body)
    {
        var (byShape, type) = ByShape(body);
        return new WebhookPayload(name, body, byShape ?? ByFolder(name), type);
    }

    private static (WebhookProvider? Provider, string? Type) ByShape(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return root.ValueKind is JsonValueKind.Object ? (ByShape(root), Text(root, "type")) : (null, null);
        }
        catch (JsonException)
        {
            // Broken payloads are sent as well: the silo's answer to them is what the user wants to see.
            return (null, null);
        }
    }

    private static WebhookProvider? ByShape(JsonElement root)
    {
        // Stripe: {"object":"event", ...}. Square: {"event_id", "type", "data":{"type","id"}}; older examples lack the event id.
        if (Text(root, "object") == "event" || Text(root, "id")?.StartsWith("evt_", StringComparison.Ordinal) == true)
        {
            return WebhookProvider.Stripe;
        }

        return root.TryGetProperty("event_id", out _) || (root.TryGetProperty("merchant_id", out _) && root.TryGetProperty("data", out _))
            ? WebhookProvider.Square
            : null;
    }

    private static WebhookProvider? ByFolder(string name)
    {
        foreach (var folder in name.Split('/', '\\').SkipLast(1).Reverse())
        {
            if (Enum.TryParse<WebhookProvider>(folder, ignoreCase: true, out var provider) && !char.IsDigit(folder[0]))
            {
                return provider;
            }
        }

        return null;
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}

internal enum WebhookProvider
{
    Stripe,
    Square,
}
