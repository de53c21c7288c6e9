using System.Text;
using Microsoft.Extensions.Options;
using Recoup.Gateways.Simulated.Agenda;
using Recoup.Gateways.Simulated.Ledger;

namespace Recoup.Gateways.Simulated.Webhooks;

/// <summary>Signs an event and posts it; anything but a 2xx is tried again.</summary>
internal sealed class WebhookHandler(HttpClient http, IOptions<SimulatedGatewayOptions> options, TimeProvider time) : IAgendaHandler
{
    private static readonly string Stripe = AgendaKinds.Webhook("stripe");
    private static readonly string Square = AgendaKinds.Webhook("square");

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds => [Stripe, Square];

    /// <inheritdoc/>
    public async Task DoAsync(AgendaItem item, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var address = settings.WebhookAddress(item.Kind == Stripe ? "stripe" : "square");
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(item.Body, Encoding.UTF8, "application/json"),
        };
        if (item.Kind == Stripe)
        {
            request.Headers.Add(WebhookSignature.StripeHeader, WebhookSignature.Stripe(FirstOf(settings.StripeWebhookSecret), item.Body, time.GetUtcNow()));
        }
        else
        {
            var signedUrl = settings.SquareNotificationUrl.Length > 0 ? settings.SquareNotificationUrl : address.ToString();
            request.Headers.Add(WebhookSignature.SquareHeader, WebhookSignature.Square(FirstOf(settings.SquareSignatureKey), signedUrl, item.Body));
        }

        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static string FirstOf(string secrets) => secrets.Split(',')[0].Trim();
}
