using System.Text.Json;
using Recoup.Payments;
using Recoup.Webhooks;

namespace Recoup.Gateways.Stripe;

/// <summary><c>payment_intent.*</c>: the attempt is that of its latest charge, so that it counts once beside <c>charge.*</c>.</summary>
internal static class StripePaymentIntents
{
    public static ProviderEvent Read(EventReading reading)
    {
        var intent = reading.Object;
        var charge = LatestCharge(intent);
        var chargeId = intent.Id("last_payment_error.charge", "latest_charge", "charge") ?? charge.Text("id");
        if (reading.Event.EventType == "payment_intent.succeeded")
        {
            chargeId = intent.Id("latest_charge", "charge") ?? charge.Text("id");
        }

        var ownKey = StripeIds.OwnKey(intent) ?? StripeIds.OwnKey(charge);
        var told = new ProviderEvent
        {
            MerchantId = reading.MerchantId,
            Aliases = StripeIds.Aliases(intent.Text("id"), chargeId, StripeIds.InvoiceOf(intent) ?? StripeIds.InvoiceOf(charge)),
            OwnPaymentId = OwnKeys.PaymentOf(ownKey),
            Faults = reading.Faults,
        };
        return reading.Event.EventType switch
        {
            "payment_intent.succeeded" => Ended(reading, told, chargeId, charge, ownKey, succeeded: true),
            "payment_intent.payment_failed" => Ended(reading, told, chargeId, charge, ownKey, succeeded: false),
            "payment_intent.canceled" => told with { Facts = [Cancelled(reading)] },
            _ => told with { Note = "this event type says nothing new about the money" },
        };
    }

    private static ProviderEvent Ended(EventReading reading, ProviderEvent told, string? chargeId, JsonElement charge, string? ownKey, bool succeeded)
    {
        var intent = reading.Object;
        var amount = succeeded ? reading.Amount("currency", "amount_received", "amount") : reading.Amount("currency", "amount");
        if (amount is not { Minor: > 0 } money || told.Aliases.Count == 0)
        {
            return told with { Note = amount is { Minor: 0 } ? "no money moved" : "the payment intent's id, amount or currency is missing" };
        }

        var error = intent.At("last_payment_error");
        var method = new StripeCard(intent.Id("payment_method"), null, null, null);
        var fact = new StripeChargeFact
        {
            Amount = money,
            Succeeded = succeeded,
            ChargeId = chargeId,
            CustomerId = intent.Id("customer") ?? charge.Id("customer"),
            Card = (succeeded ? StripeCard.None : StripeCard.OfError(error)).Or(StripeCard.OfCharge(charge)).Or(method),
            Decline = StripeDecline.OfCharge(charge).Or(StripeDecline.OfError(error)),
            OwnKey = told.OwnPaymentId is null ? null : ownKey,
            IsInvoiced = StripeIds.InvoiceOf(intent) is not null,
        };
        return told with { Facts = [fact.ToFact(reading)] };
    }

    private static CancelReported Cancelled(EventReading reading) => new()
    {
        SourceEvent = reading.InboxKey,
        Provider = reading.Event.Provider,
        OccurredAt = reading.OccurredAt,
        Reason = reading.Object.Text("cancellation_reason"),
    };

    /// <summary>Until 2022-11-15 a payment intent lists its charges; later it names the latest one, which may be expanded.</summary>
    private static JsonElement LatestCharge(JsonElement intent)
    {
        if (intent.At("latest_charge") is { ValueKind: JsonValueKind.Object } expanded)
        {
            return expanded;
        }

        return intent.Items("charges").OrderByDescending(charge => charge.Time("created") ?? DateTimeOffset.MinValue).FirstOrDefault();
    }
}
