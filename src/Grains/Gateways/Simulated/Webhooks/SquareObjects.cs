using System.Globalization;
using Recoup.Gateways.Simulated.Billing;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Gateways.Simulated.World;

namespace Recoup.Gateways.Simulated.Webhooks;

/// <summary>Square's objects in their documented shapes.</summary>
internal sealed class SquareObjects(SimulatedWorld world)
{
    public object Payment(ProviderBill bill, LedgerEntry charge) => new
    {
        Id = charge.ChargeId,
        AmountMoney = Money(charge),
        BillingAddress = new { Country = bill.BillingCountry },
        CardDetails = CardDetails(bill, charge),
        CreatedAt = Time(charge.CreatedAt),
        charge.CustomerId,
        LocationId = "L" + bill.MerchantId.ToUpperInvariant(),
        Note = bill.OrderKey,
        OrderId = bill.Reference,

        // Square's place for the caller's own id: ours is the idempotency key of the attempt.
        ReferenceId = charge.IsProvidersOwn ? null : charge.IdempotencyKey,
        SourceType = "CARD",
        Status = charge.Succeeded ? "COMPLETED" : "FAILED",
        TotalMoney = Money(charge),
        UpdatedAt = Time(charge.CreatedAt),
    };

    public static object Invoice(ProviderBill bill, LedgerEntry charge) => new
    {
        Id = bill.InvoiceId,
        CreatedAt = Time(charge.CreatedAt),
        InvoiceNumber = bill.FirstChargeKey,
        LocationId = "L" + bill.MerchantId.ToUpperInvariant(),
        NextPaymentAmountMoney = Money(charge),
        OrderId = bill.Reference,
        PaymentRequests = (object[])
        [
            new
            {
                AutomaticPaymentSource = "CARD_ON_FILE",
                charge.CardId,
                ComputedAmountMoney = Money(charge),
                DueDate = charge.CreatedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                RequestType = "BALANCE",
                TotalCompletedAmountMoney = new { Amount = charge.Succeeded ? charge.AmountMinor : 0, charge.Currency },
            },
        ],
        PrimaryRecipient = new { charge.CustomerId },
        Status = charge.Succeeded ? "PAID" : "UNPAID",
        SubscriptionId = bill.Subscription?.SubscriptionId,
        UpdatedAt = Time(charge.CreatedAt),
        Version = bill.Period + 1,
    };

    public static object Subscription(ProviderBill bill, LedgerEntry charge) => new
    {
        Id = bill.Subscription!.SubscriptionId,
        charge.CardId,
        ChargedThroughDate = bill.Subscription.CurrentPeriodEndAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        CreatedAt = Time(bill.Subscription.CurrentPeriodStartAt ?? charge.CreatedAt),
        charge.CustomerId,
        LocationId = "L" + bill.MerchantId.ToUpperInvariant(),
        PlanVariationId = bill.Subscription.PlanId,
        PriceOverrideMoney = Money(charge),
        StartDate = bill.Subscription.CurrentPeriodStartAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Status = "ACTIVE",
        Version = bill.Period + 1,
    };

    public static object Refund(ProviderBill bill, LedgerEntry refund) => new
    {
        Id = refund.ObjectId,
        AmountMoney = Money(refund),
        CreatedAt = Time(refund.CreatedAt),
        LocationId = "L" + bill.MerchantId.ToUpperInvariant(),
        OrderId = bill.Reference,
        PaymentId = refund.ChargeId,
        Reason = "requested_by_customer",
        Status = refund.Succeeded ? "COMPLETED" : "FAILED",
        UpdatedAt = Time(refund.CreatedAt),
        Version = 1,
    };

    public static object Dispute(ProviderBill bill, LedgerEntry charge, ChargeDispute dispute) => new
    {
        Id = dispute.DisputeId,
        AmountMoney = Money(charge),
        CardBrand = Brand(bill.CardNetwork),
        CreatedAt = Time(dispute.OpenedAt),
        DisputedPayment = new { PaymentId = charge.ChargeId },
        DueAt = Time(dispute.EvidenceDueAt),
        LocationId = "L" + bill.MerchantId.ToUpperInvariant(),
        Reason = "NO_KNOWLEDGE",
        ReportedAt = Time(dispute.OpenedAt),
        State = dispute.Outcome switch { null => "EVIDENCE_REQUIRED", "won" => "WON", _ => "LOST" },
        UpdatedAt = Time(dispute.At),
        Version = dispute.IsClosed ? 2 : 1,
    };

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private object CardDetails(ProviderBill bill, LedgerEntry charge)
    {
        var card = world.Card(charge.CardId!);
        var (month, year) = card.Expiry(charge.CreatedAt);
        return new
        {
            Card = new
            {
                Id = charge.CardId,
                BillingAddress = new { Country = bill.BillingCountry },
                CardBrand = Brand(bill.CardNetwork),
                CardType = "DEBIT",
                ExpMonth = month,
                ExpYear = year,
                Fingerprint = charge.CardId,
                Last_4 = card.LastFour,
                PrepaidType = "NOT_PREPAID",
            },
            EntryMethod = "ON_FILE",
            Errors = charge.Succeeded ? [] : (object[])[new { Category = "PAYMENT_METHOD_ERROR", Code = ErrorCode(charge.DeclineCode), Detail = "The card was declined." }],
            Status = charge.Succeeded ? "CAPTURED" : "FAILED",
        };
    }

    /// <summary>Square tells fewer reasons apart than Stripe. Source: Square docs, "Payments API error codes".</summary>
    private static string ErrorCode(string? declineCode) => declineCode switch
    {
        "insufficient_funds" => "INSUFFICIENT_FUNDS",
        "expired_card" => "CARD_EXPIRED",
        "incorrect_cvc" => "CVV_FAILURE",
        "call_issuer" => "CARD_DECLINED_CALL_ISSUER",
        "authentication_required" => "CARD_DECLINED_VERIFICATION_REQUIRED",
        "card_velocity_exceeded" => "TRANSACTION_LIMIT",
        "transaction_not_allowed" => "CARD_NOT_SUPPORTED",
        "invalid_account" => "INVALID_ACCOUNT",
        "lost_card" or "stolen_card" or "pickup_card" => "CARD_DECLINED",
        "issuer_not_available" or "processing_error" => "TEMPORARY_ERROR",
        _ => "GENERIC_DECLINE",
    };

    private static string Brand(string network) => network switch
    {
        "amex" => "AMERICAN_EXPRESS",
        _ => network.ToUpperInvariant(),
    };

    private static object Money(LedgerEntry entry) => new { Amount = entry.AmountMinor, entry.Currency };
}
