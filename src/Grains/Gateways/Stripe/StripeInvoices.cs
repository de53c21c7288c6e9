using System.Text.Json;
using Recoup.Payments;
using Recoup.Webhooks;

namespace Recoup.Gateways.Stripe;

/// <summary><c>invoice.*</c>: until 2025-03-31 an invoice names its charge and payment intent; later only where its payments are expanded.</summary>
internal static class StripeInvoices
{
    public static ProviderEvent Read(EventReading reading)
    {
        var invoice = reading.Object;
        var payment = LatestPayment(invoice);
        var chargeId = invoice.Id("charge", "latest_charge") ?? payment.Id("payment.charge");
        var told = new ProviderEvent
        {
            MerchantId = reading.MerchantId,
            Aliases = StripeIds.Aliases(invoice.Id("payment_intent") ?? payment.Id("payment.payment_intent"), chargeId, invoice.Text("id")),
            OwnPaymentId = OwnKeys.PaymentOf(StripeIds.OwnKey(invoice)),
            Faults = reading.Faults,
        };
        return reading.Event.EventType switch
        {
            "invoice.paid" or "invoice.payment_succeeded" when invoice.Flag("paid_out_of_band") == true => PaidOutOfBand(reading, told),
            "invoice.paid" or "invoice.payment_succeeded" => Ended(reading, told, chargeId, succeeded: true),
            "invoice.payment_failed" => Ended(reading, told, chargeId, succeeded: false),
            "invoice.voided" => told with { Facts = [Cancelled(reading, "voided")] },
            "invoice.marked_uncollectible" => told with { Facts = [Cancelled(reading, "marked_uncollectible")] },
            _ => told with { Note = "this event type says nothing new about the money" },
        };
    }

    /// <summary><c>invoice_payment.paid</c>: tells which payment intent paid which invoice; the money itself is told by their own events.</summary>
    public static ProviderEvent ReadPayment(EventReading reading)
    {
        var payment = reading.Object;
        return new ProviderEvent
        {
            MerchantId = reading.MerchantId,
            Aliases = StripeIds.Aliases(payment.Id("payment.payment_intent", "payment_intent"), payment.Id("payment.charge", "charge"), payment.Id("invoice")),
            Note = "links the ids of one payment",
        };
    }

    private static ProviderEvent Ended(EventReading reading, ProviderEvent told, string? chargeId, bool succeeded)
    {
        var invoice = reading.Object;
        var amount = succeeded ? reading.Amount("currency", "amount_paid", "amount_due", "total") : reading.Amount("currency", "amount_due", "amount_remaining", "total");
        if (amount is not { Minor: > 0 } money || told.Aliases.Count == 0)
        {
            return told with { Note = amount is { Minor: 0 } ? "nothing was due: no payment is behind it" : "the invoice's id, amount or currency is missing" };
        }

        var fact = new StripeChargeFact
        {
            Amount = money,
            Succeeded = succeeded,
            ChargeId = chargeId,
            CustomerId = invoice.Id("customer"),
            Card = new StripeCard(invoice.Id("default_payment_method", "default_source"), null, null, null),
            Decline = StripeDecline.OfError(invoice.At("last_payment_error")).Or(StripeDecline.OfCharge(invoice.At("charge"))),
            OwnKey = told.OwnPaymentId is null ? null : StripeIds.OwnKey(invoice),
            SubscriptionId = SubscriptionOf(invoice),
            IsInvoiced = true,
        };
        return told with { Facts = [fact.ToFact(reading)] };
    }

    private static ProviderEvent PaidOutOfBand(EventReading reading, ProviderEvent told) => told with
    {
        Paid = new PaidElsewhere { Reference = $"Stripe: {reading.Object.Text("id")} was marked as paid out of band" },
    };

    private static CancelReported Cancelled(EventReading reading, string reason) => new()
    {
        SourceEvent = reading.InboxKey,
        Provider = reading.Event.Provider,
        OccurredAt = reading.OccurredAt,
        Reason = reason,
    };

    private static JsonElement LatestPayment(JsonElement invoice) =>
        invoice.Items("payments").OrderByDescending(payment => payment.Time("created") ?? DateTimeOffset.MinValue).FirstOrDefault();

    private static string? SubscriptionOf(JsonElement invoice) =>
        invoice.Id("subscription", "parent.subscription_details.subscription", "subscription_details.subscription")
        ?? invoice.Items("lines").Select(line => line.Id("subscription", "parent.subscription_item_details.subscription")).FirstOrDefault(id => id is not null);
}
