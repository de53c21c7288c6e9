using Recoup.Webhooks;

namespace Recoup.Gateways.Square;

/// <summary>Square's events in Recoup's words, of any API version: what a version does not tell is left out, never guessed.</summary>
/// <remarks>Shapes: https://developer.squareup.com/reference/square/webhooks, and the connect-api-specification repository for older ones.</remarks>
internal static class SquareEvents
{
    public static ProviderEvent Read(EventReading reading)
    {
        var type = reading.Event.EventType;
        return type switch
        {
            "payment.created" or "payment.updated" => SquarePayments.Read(reading),
            "refund.created" or "refund.updated" => SquareRefunds.Read(reading),
            "subscription.created" or "subscription.updated" => SquareSubscriptions.Read(reading),
            _ when type.StartsWith("dispute.", StringComparison.Ordinal) => SquareDisputes.Read(reading),
            _ when type.StartsWith("invoice.", StringComparison.Ordinal) => SquareInvoices.Read(reading),
            _ => reading.Kept("this event type has no effect yet"),
        };
    }
}
