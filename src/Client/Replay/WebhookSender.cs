using System.Diagnostics;
using System.Net.Http.Headers;
using Recoup.Client.CommandLine;

namespace Recoup.Client.Replay;

/// <summary>Signs payloads and posts them to a silo, one after the other, as they lie in the folder.</summary>
internal sealed class WebhookSender(HttpClient http, Uri silo, WebhookSecrets secrets, TimeProvider clock)
{
    /// <exception cref="CommandFailedException">The silo does not answer.</exception>
    public async Task<WebhookAnswer> SendAsync(WebhookPayload payload, CancellationToken cancellationToken)
    {
        if (payload.Provider is not { } provider)
        {
            return WebhookAnswer.NotSent(payload, "not sent: neither Stripe's nor Square's shape, nor in a folder of their name");
        }

        using var request = Request(payload, provider);
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            return WebhookAnswer.Of(payload, response.StatusCode, body, Stopwatch.GetElapsedTime(started));
        }
        catch (HttpRequestException failure)
        {
            throw new CommandFailedException(
                $"No silo answers at {silo}: {failure.Message}",
                "Start one with: dotnet run --project src/Client -- demo --serve (or: dotnet run --project src/Silo), or name it with --url.",
                failure);
        }
    }

    private HttpRequestMessage Request(WebhookPayload payload, WebhookProvider provider)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(silo, $"/webhooks/{provider.ToString().ToLowerInvariant()}"))
        {
            Content = new ReadOnlyMemoryContent(payload.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        var (header, signature) = provider is WebhookProvider.Stripe
            ? (WebhookSignature.StripeHeader, WebhookSignature.Stripe(payload.Body.Span, secrets.Stripe!, clock.GetUtcNow()))
            : (WebhookSignature.SquareHeader, WebhookSignature.Square(payload.Body.Span, secrets.SquareKey!, secrets.SquareNotificationUrl));
        request.Headers.TryAddWithoutValidation(header, signature);
        return request;
    }
}
