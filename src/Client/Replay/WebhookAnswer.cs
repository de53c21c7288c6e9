using System.Net;
using System.Text.Json;

namespace Recoup.Client.Replay;

/// <summary>What became of one file. <see cref="Status"/> is null when it was not sent.</summary>
internal sealed record WebhookAnswer
{
    public required string File { get; init; }
    public string? Provider { get; init; }
    public string? EventType { get; init; }
    public int? Status { get; init; }

    /// <summary>What the silo said: what it did, or of a refusal the problem's title and detail.</summary>
    public required string Said { get; init; }
    public double? Milliseconds { get; init; }

    public bool IsAccepted => Status is >= 200 and < 300;

    public static WebhookAnswer NotSent(WebhookPayload payload, string why) =>
        new() { File = payload.Name, EventType = payload.EventType, Said = why };

    public static WebhookAnswer Of(WebhookPayload payload, HttpStatusCode status, string body, TimeSpan elapsed) => new()
    {
        File = payload.Name,
        Provider = payload.Provider?.ToString().ToLowerInvariant(),
        EventType = payload.EventType,
        Status = (int)status,
        Said = Summary(body),
        Milliseconds = Math.Round(elapsed.TotalMilliseconds, 1),
    };

    /// <summary>Of a problem document title and detail, of another JSON object its texts, else the first line.</summary>
    private static string Summary(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind is JsonValueKind.Object)
            {
                var texts = document.RootElement.EnumerateObject()
                    .Where(field => field.Value.ValueKind is JsonValueKind.String && field.Name is not ("type" or "traceId" or "trace_id" or "instance"))
                    .Select(field => field.Value.GetString());
                return string.Join(": ", texts);
            }
        }
        catch (JsonException)
        {
            // Not every answer is JSON: an empty 200, or a proxy's page.
        }

        return body.Split('\n', 2)[0].Trim();
    }
}
