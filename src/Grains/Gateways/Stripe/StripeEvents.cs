using Recoup.Webhooks;

namespace Recoup.Gateways.Stripe;

/// <summary>Stripe's events in Recoup's words, of any API version: what a version does not tell is left out, never guessed.</summary>
/// <remarks>Shapes: https://docs.stripe.com/api/events/types and the API changelog, 2017 to 2026.</remarks>
internal static class StripeEvents
{
    public static ProviderEvent Read(EventReading reading)
    {
        var type = reading.Event.EventType;
        return type switch
        {
            "charge.refund.updated" or "refund.created" or "refund.updated" or "refund.failed" => StripeRefunds.Read(reading),
            "charge.refunded" => StripeRefunds.ReadCharge(reading),
            _ when type.StartsWith("charge.dispute.", StringComparison.Ordinal) => StripeDisputes.Read(reading),
            _ when type.StartsWith("charge.", StringComparison.Ordinal) => StripeCharges.Read(reading),
            _ when type.StartsWith("payment_intent.", StringComparison.Ordinal) => StripePaymentIntents.Read(reading),
            _ when type.StartsWith("invoice_payment.", StringComparison.Ordinal) => StripeInvoices.ReadPayment(reading),
            _ when type.StartsWith("invoice.", StringComparison.Ordinal) => StripeInvoices.Read(reading),
            _ when type.StartsWith("customer.subscription.", StringComparison.Ordinal) => StripeSubscriptions.Read(reading),
            _ => reading.Kept("this event type has no effect yet"),
        };
    }
}
