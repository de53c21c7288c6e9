using Recoup.Payments;
using Recoup.Webhooks;

namespace Recoup.Gateways.Stripe;

/// <summary><c>charge.*</c> but refunds and disputes: the one place where a charge's own id, card and decline stand together.</summary>
internal static class StripeCharges
{
    public static ProviderEvent Read(EventReading reading)
    {
        var charge = reading.Object;
        var ownKey = StripeIds.OwnKey(charge);
        var told = new ProviderEvent
        {
            MerchantId = reading.MerchantId,
            Aliases = StripeIds.Aliases(charge.Id("payment_intent"), charge.Text("id"), StripeIds.InvoiceOf(charge)),
            OwnPaymentId = OwnKeys.PaymentOf(ownKey),
            Faults = reading.Faults,
        };
        return reading.Event.EventType switch
        {
            "charge.failed" => Ended(reading, told, ownKey, succeeded: false),
            "charge.captured" => Ended(reading, told, ownKey, succeeded: true),
            "charge.succeeded" when charge.Flag("captured") != false => Ended(reading, told, ownKey, succeeded: true),
            "charge.succeeded" => told with { Note = "authorised only: the money moves when it is captured" },
            "charge.expired" => told with { Facts = [Expired(reading)] },
            _ => told with { Note = "this event type says nothing new about the money" },
        };
    }

    private static ProviderEvent Ended(EventReading reading, ProviderEvent told, string? ownKey, bool succeeded)
    {
        var charge = reading.Object;

        // What was captured is what was collected: it may be less than what was authorised.
        var amount = succeeded ? reading.Amount("currency", "amount_captured", "amount") : reading.Amount("currency", "amount");
        if (amount is not { Minor: > 0 } money || told.Aliases.Count == 0)
        {
            return told with { Note = amount is { Minor: 0 } ? "no money moved" : "the charge's id, amount or currency is missing" };
        }

        var fact = new StripeChargeFact
        {
            Amount = money,
            Succeeded = succeeded,
            ChargeId = charge.Text("id"),
            CustomerId = charge.Id("customer", "source.customer"),
            Card = StripeCard.OfCharge(charge),
            Decline = StripeDecline.OfCharge(charge),
            OwnKey = told.OwnPaymentId is null ? null : ownKey,
            IsInvoiced = StripeIds.InvoiceOf(charge) is not null,
        };
        return told with { Facts = [fact.ToFact(reading)] };
    }

    private static CancelReported Expired(EventReading reading) => new()
    {
        SourceEvent = reading.InboxKey,
        Provider = reading.Event.Provider,
        OccurredAt = reading.OccurredAt,
        Reason = "authorisation_expired",
    };
}
