using System.Text.Json;

namespace Recoup.Gateways.Simulated.Webhooks;

/// <summary>An event as a provider posts it.</summary>
/// <param name="EventId">The provider's, the same at every delivery.</param>
/// <param name="Type">As in the provider's documentation, such as <c>charge.failed</c>.</param>
/// <param name="Body">The bytes that are signed and sent, as text.</param>
internal sealed record ProviderNotice(string EventId, string Type, string Body)
{
    // Both providers write snake_case, and so does Recoup.
    public static string Serialize(object value) => JsonSerializer.Serialize(value, RecoupJson.Options);
}
