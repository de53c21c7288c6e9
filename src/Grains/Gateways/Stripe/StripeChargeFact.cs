using Recoup.Amounts;
using Recoup.Payments;
using Recoup.Webhooks;

namespace Recoup.Gateways.Stripe;

/// <summary>What one event of Stripe says about one charge, before it becomes a fact.</summary>
internal sealed record StripeChargeFact
{
    public required Money Amount { get; init; }
    public required bool Succeeded { get; init; }
    public string? ChargeId { get; init; }
    public string? CustomerId { get; init; }
    public StripeCard Card { get; init; } = StripeCard.None;
    public StripeDecline Decline { get; init; } = StripeDecline.Unknown;
    public string? OwnKey { get; init; }
    public string? SubscriptionId { get; init; }

    /// <summary>An invoice is charged by the merchant's billing, not by the customer at a checkout.</summary>
    public bool IsInvoiced { get; init; }

    public ChargeReported ToFact(EventReading reading) => new()
    {
        SourceEvent = reading.InboxKey,
        Provider = reading.Event.Provider,
        OccurredAt = reading.OccurredAt,
        ChargeId = ChargeId,
        Succeeded = Succeeded,
        Payment = new SubmitPayment
        {
            CustomerId = CustomerId ?? reading.UnknownCustomer,
            MerchantId = reading.MerchantId,
            AmountMinor = Amount.Minor,
            Currency = Amount.CurrencyCode,
            CardId = Card.CardId,
            CardNetwork = Card.Network,
            CardCountry = Card.Country,
            BillingCountry = Card.BillingCountry,
            Metadata = ProviderMetadata.Of(reading.Object),
            InitiatedBy = IsInvoiced ? Initiator.Merchant : Initiator.Customer,
            SubscriptionId = SubscriptionId,
        },
        FailureCode = Succeeded ? null : Decline.FailureCode,
        DeclineCode = Succeeded ? null : Decline.DeclineCode,
        NetworkCode = Succeeded ? null : Decline.NetworkCode,
        AdviceCode = Succeeded ? null : Decline.AdviceCode,
        IdempotencyKey = OwnKey,
    };
}
