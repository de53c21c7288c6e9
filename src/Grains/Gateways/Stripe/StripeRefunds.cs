using System.Text.Json;
using Recoup.Payments;
using Recoup.Webhooks;

namespace Recoup.Gateways.Stripe;

/// <summary>Refunds: each by its own id where the event tells it, else by the sum of the charge.</summary>
internal static class StripeRefunds
{
    /// <summary><c>charge.refund.updated</c>, <c>refund.*</c>: the object is one refund.</summary>
    public static ProviderEvent Read(EventReading reading)
    {
        var refund = reading.Object;
        var told = Told(reading, refund.Id("payment_intent"), refund.Id("charge"), StripeIds.OwnKey(refund));
        var amount = reading.Amount("currency", "amount");
        if (amount is not { Minor: > 0 } money || refund.Text("id") is not { } refundId || told.Aliases.Count == 0)
        {
            return told with { Note = amount is { Minor: 0 } ? "no money moved" : "the refund's id, charge, amount or currency is missing" };
        }

        return told with { Facts = [Fact(reading, refund, refundId, refund.Id("charge"), money.Minor, money.CurrencyCode)] };
    }

    /// <summary><c>charge.refunded</c>: the object is the charge. Until 2022-11-15 it lists its refunds, later it tells only the sum.</summary>
    public static ProviderEvent ReadCharge(EventReading reading)
    {
        var charge = reading.Object;
        var told = Told(reading, charge.Id("payment_intent"), charge.Text("id"), StripeIds.OwnKey(charge));
        var captured = charge.Integer("amount_captured");
        var released = captured is > 0 && charge.Integer("amount") is { } authorised ? Math.Max(0, authorised - captured.Value) : 0;
        var refunded = reading.Amount("currency", "amount_refunded");
        if (refunded is not { Minor: > 0 } total || charge.Text("id") is not { } chargeId)
        {
            return told with { Note = "the charge's id, refunded amount or currency is missing" };
        }

        // What was authorised and not captured is released, not given back; Stripe lists it among the refunds, so only the sum can be told.
        var listed = released > 0 ? [] : charge.Items("refunds").Where(refund => refund.Text("id") is not null && refund.Integer("amount") > 0).ToArray();
        ProviderFact[] each = [.. listed.Select(refund => Fact(reading, refund, refund.Text("id")!, chargeId, refund.Integer("amount")!.Value, total.CurrencyCode))];
        return told with { Facts = each.Length > 0 ? each : [Total(reading, chargeId, Math.Max(0, total.Minor - released), total.CurrencyCode)] };
    }

    private static ProviderEvent Told(EventReading reading, string? paymentIntent, string? charge, string? ownKey) => new()
    {
        MerchantId = reading.MerchantId,
        Aliases = StripeIds.Aliases(paymentIntent, charge, reading.Object.Id("invoice")),
        OwnPaymentId = OwnKeys.PaymentOf(ownKey),
        Faults = reading.Faults,
    };

    private static RefundReported Fact(EventReading reading, JsonElement refund, string refundId, string? chargeId, long amountMinor, string currency)
    {
        var ownKey = StripeIds.OwnKey(refund);
        return new()
        {
            SourceEvent = $"{reading.InboxKey}#{refundId}",
            Provider = reading.Event.Provider,
            OccurredAt = reading.OccurredAt,
            RefundId = refundId,
            ChargeId = chargeId,
            AmountMinor = amountMinor,
            Currency = currency,
            Status = StatusOf(refund.Text("status")),
            Reason = refund.Text("reason"),
            FailureReason = refund.Text("failure_reason"),
            IdempotencyKey = OwnKeys.PaymentOf(ownKey) is null ? null : ownKey,
        };
    }

    private static RefundReported Total(EventReading reading, string chargeId, long amountMinor, string currency) => new()
    {
        SourceEvent = reading.InboxKey,
        Provider = reading.Event.Provider,
        OccurredAt = reading.OccurredAt,
        RefundId = $"{chargeId}:total",
        ChargeId = chargeId,
        AmountMinor = amountMinor,
        Currency = currency,
        Status = "succeeded",
        IsTotal = true,
    };

    /// <summary>Refunds without a status are those of before 2017, which were done at once.</summary>
    private static string StatusOf(string? status) => status switch
    {
        "pending" or "requires_action" => "pending",
        "failed" or "canceled" => "failed",
        _ => "succeeded",
    };
}
