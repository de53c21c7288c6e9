using Recoup.Gateways.Simulated.Billing;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Gateways.Simulated.World;

namespace Recoup.Gateways.Simulated.Webhooks;

/// <summary>Stripe's objects in their documented shapes.</summary>
internal sealed class StripeObjects(SimulatedWorld world)
{
    public object Charge(ProviderBill bill, LedgerEntry charge, long refundedMinor = 0, object? refund = null) => new
    {
        Id = charge.ChargeId,
        Object = "charge",
        Amount = charge.AmountMinor,
        AmountCaptured = charge.Succeeded ? charge.AmountMinor : 0,
        AmountRefunded = refundedMinor,
        BillingDetails = new { Address = new { Country = bill.BillingCountry } },
        Captured = charge.Succeeded,
        Created = charge.CreatedAt.ToUnixTimeSeconds(),
        Currency = Lower(charge.Currency),
        Customer = charge.CustomerId,
        Disputed = false,
        charge.FailureCode,
        FailureMessage = charge.Succeeded ? null : "Your card was declined.",
        Invoice = bill.InvoiceId,
        Livemode = false,
        Metadata = Metadata(bill, charge),
        Outcome = Outcome(charge),
        Paid = charge.Succeeded,
        PaymentIntent = bill.Reference,
        PaymentMethod = charge.CardId,
        PaymentMethodDetails = new { Card = Card(bill, charge), Type = "card" },
        Refunded = refundedMinor == charge.AmountMinor,
        Refunds = new { Object = "list", Data = refund is null ? [] : (object[])[refund], HasMore = false },
        Status = charge.Succeeded ? "succeeded" : "failed",
    };

    public object PaymentIntent(ProviderBill bill, LedgerEntry charge) => new
    {
        Id = bill.Reference,
        Object = "payment_intent",
        Amount = charge.AmountMinor,
        AmountReceived = charge.Succeeded ? charge.AmountMinor : 0,
        CaptureMethod = "automatic",
        Created = charge.CreatedAt.ToUnixTimeSeconds(),
        Currency = Lower(charge.Currency),
        Customer = charge.CustomerId,
        Invoice = bill.InvoiceId,
        LastPaymentError = charge.Succeeded ? null : new
        {
            Charge = charge.ChargeId,
            Code = charge.FailureCode,
            charge.DeclineCode,
            AdviceCode = StripeAdvice(charge),
            NetworkAdviceCode = NetworkAdvice(charge),
            NetworkDeclineCode = charge.NetworkCode,
            Message = "Your card was declined.",
            PaymentMethod = new { Id = charge.CardId, Object = "payment_method", Card = Card(bill, charge), Type = "card" },
            Type = "card_error",
        },
        LatestCharge = charge.ChargeId,
        Livemode = false,
        Metadata = Metadata(bill, charge),
        PaymentMethod = charge.Succeeded ? charge.CardId : null,
        PaymentMethodTypes = (string[])["card"],
        Status = charge.Succeeded ? "succeeded" : "requires_payment_method",
    };

    public static object Invoice(ProviderBill bill, LedgerEntry charge) => new
    {
        Id = bill.InvoiceId,
        Object = "invoice",
        AmountDue = charge.AmountMinor,
        AmountPaid = charge.Succeeded ? charge.AmountMinor : 0,
        AmountRemaining = charge.Succeeded ? 0 : charge.AmountMinor,
        AttemptCount = 1,
        Attempted = true,
        BillingReason = bill.Period == 0 ? "subscription_create" : "subscription_cycle",
        Charge = charge.ChargeId,
        CollectionMethod = "charge_automatically",
        Created = charge.CreatedAt.ToUnixTimeSeconds(),
        Currency = Lower(charge.Currency),
        Customer = charge.CustomerId,
        Livemode = false,
        Metadata = Metadata(bill, charge),
        Paid = charge.Succeeded,
        PaymentIntent = bill.Reference,
        Status = charge.Succeeded ? "paid" : "open",
        Subscription = bill.Subscription?.SubscriptionId,
        Total = charge.AmountMinor,
    };

    public static object Subscription(ProviderBill bill, LedgerEntry charge) => new
    {
        Id = bill.Subscription!.SubscriptionId,
        Object = "subscription",
        CancelAtPeriodEnd = false,
        CollectionMethod = "charge_automatically",
        Created = bill.Subscription.CurrentPeriodStartAt?.ToUnixTimeSeconds(),
        Currency = Lower(charge.Currency),
        CurrentPeriodEnd = bill.Subscription.CurrentPeriodEndAt?.ToUnixTimeSeconds(),
        CurrentPeriodStart = bill.Subscription.CurrentPeriodStartAt?.ToUnixTimeSeconds(),
        Customer = charge.CustomerId,
        DefaultPaymentMethod = charge.CardId,
        Items = new
        {
            Object = "list",
            Data = (object[])[new { Id = "si_" + bill.OrderKey, Object = "subscription_item", Price = Price(bill), Quantity = 1 }],
            HasMore = false,
        },
        LatestInvoice = bill.InvoiceId,
        Livemode = false,
        Metadata = new { Order = bill.OrderKey },
        Status = charge.Succeeded ? "active" : "past_due",
    };

    public static object Refund(ProviderBill bill, LedgerEntry refund) => new
    {
        Id = refund.ObjectId,
        Object = "refund",
        Amount = refund.AmountMinor,
        Charge = refund.ChargeId,
        Created = refund.CreatedAt.ToUnixTimeSeconds(),
        Currency = Lower(refund.Currency),
        FailureReason = refund.Succeeded ? null : refund.FailureCode,
        Metadata = Metadata(bill, refund),
        PaymentIntent = bill.Reference,
        Reason = "requested_by_customer",
        Status = refund.Succeeded ? "succeeded" : "failed",
    };

    public static object Dispute(ProviderBill bill, LedgerEntry charge, ChargeDispute dispute) => new
    {
        Id = dispute.DisputeId,
        Object = "dispute",
        Amount = charge.AmountMinor,
        Charge = charge.ChargeId,
        Created = dispute.OpenedAt.ToUnixTimeSeconds(),
        Currency = Lower(charge.Currency),
        EvidenceDetails = new { DueBy = dispute.EvidenceDueAt.ToUnixTimeSeconds(), HasEvidence = dispute.IsClosed, PastDue = false },
        IsChargeRefundable = false,
        Livemode = false,
        Metadata = Metadata(bill, charge),
        NetworkReasonCode = bill.CardNetwork == "visa" ? "10.4" : "4837",
        PaymentIntent = bill.Reference,
        Reason = "fraudulent",
        Status = dispute.Outcome ?? "needs_response",
    };

    private static object Price(ProviderBill bill) => new
    {
        Id = bill.Subscription!.PlanId,
        Object = "price",
        Currency = Lower(bill.Currency),
        Recurring = new { bill.Subscription.Interval, bill.Subscription.IntervalCount },
        UnitAmount = bill.AmountMinor,
    };

    private object Card(ProviderBill bill, LedgerEntry charge)
    {
        var (month, year) = world.Card(charge.CardId!).Expiry(charge.CreatedAt);
        return new
        {
            Brand = bill.CardNetwork,
            Country = bill.CardCountry,
            ExpMonth = month,
            ExpYear = year,
            Fingerprint = charge.CardId,
            Funding = "debit",
            Last4 = world.Card(charge.CardId!).LastFour,
            Network = bill.CardNetwork,
        };
    }

    private static object Outcome(LedgerEntry charge) => charge.Succeeded
        ? new { NetworkStatus = "approved_by_network", RiskLevel = "normal", RiskScore = 12, SellerMessage = "Payment complete.", Type = "authorized" }
        : new
        {
            AdviceCode = StripeAdvice(charge),
            NetworkAdviceCode = NetworkAdvice(charge),
            NetworkDeclineCode = charge.NetworkCode,
            NetworkStatus = "declined_by_network",
            Reason = charge.DeclineCode,
            RiskLevel = "normal",
            RiskScore = 12,
            SellerMessage = "The bank did not return any further details with this decline.",
            Type = "issuer_declined",
        };

    /// <summary>What was ours is given back, so that its sender knows it again.</summary>
    private static Dictionary<string, string> Metadata(ProviderBill bill, LedgerEntry entry)
    {
        var metadata = new Dictionary<string, string> { ["order"] = bill.OrderKey };
        if (!entry.IsProvidersOwn)
        {
            metadata["recoup_idempotency_key"] = entry.IdempotencyKey;
            metadata["recoup_payment_id"] = entry.PaymentId;
        }

        return metadata;
    }

    // A network's advice is two digits, Stripe's is words; one charge has one of the two.
    private static string? NetworkAdvice(LedgerEntry charge) => charge.AdviceCode is { Length: 2 } code ? code : null;

    private static string? StripeAdvice(LedgerEntry charge) => charge.AdviceCode is { Length: > 2 } code ? code : null;

#pragma warning disable CA1308 // Stripe writes currencies in lower case.
    private static string Lower(string currency) => currency.ToLowerInvariant();
#pragma warning restore CA1308
}
