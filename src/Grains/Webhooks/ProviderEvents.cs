using System.Text.Json;
using Recoup.Gateways.Square;
using Recoup.Gateways.Stripe;

namespace Recoup.Webhooks;

/// <summary>Reads the events of all providers. Pure: the same body says the same, at the intake and when it is applied.</summary>
public static class ProviderEvents
{
    public const string Stripe = "stripe";
    public const string Square = "square";

    /// <param name="received">A body whose JSON has been checked (<see cref="WebhookBody"/>).</param>
    /// <param name="body">The same, parsed.</param>
    /// <param name="unknownMerchantId">Merchant of events that name none (setting <c>Stripe__MerchantId</c>).</param>
    public static ProviderEvent Read(WebhookEvent received, JsonElement body, string unknownMerchantId)
    {
        var told = ReadProvider(received, body, unknownMerchantId);
        return told.IsAboutNoPayment ? told with { Facts = [], Paid = null, Note = "no id of a payment is in it" } : told;
    }

    private static ProviderEvent ReadProvider(WebhookEvent received, JsonElement body, string unknownMerchantId) => received.Provider switch
    {
        Stripe => StripeEvents.Read(new EventReading
        {
            Event = received,
            Root = body,
            Object = body.At("data.object"),
            ObjectPath = "data.object",
            MerchantId = body.Id("account") ?? unknownMerchantId,
            OccurredAt = body.Time("created", "data.object.created") ?? received.ReceivedAt,
        }),
        Square => SquareEvents.Read(new EventReading
        {
            Event = received,
            Root = body,
            Object = SquareObject(body, received.EventType, out var path),
            ObjectPath = path,
            MerchantId = body.Text("merchant_id") ?? unknownMerchantId,
            OccurredAt = body.Time("created_at") ?? received.ReceivedAt,
        }),
        _ => throw new ArgumentException($"'{received.Provider}' is no provider that Recoup reads.", nameof(received)),
    };

    /// <summary>Square wraps the object in its kind (<c>data.object.payment</c>), which is the first part of the event's type.</summary>
    private static JsonElement SquareObject(JsonElement body, string type, out string path)
    {
        path = $"data.object.{type.Split('.')[0]}";
        return body.At(path);
    }
}
