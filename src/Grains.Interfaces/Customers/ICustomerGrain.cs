using Recoup.Attention;
using Recoup.Events;
using Recoup.Strategy;

namespace Recoup.Customers;

/// <summary>Owns one customer: history, lifetime value per currency, cards in order of use, time zone, holdout arm, subscriptions. The key is the customer id.</summary>
[Alias("recoup.customer")]
public interface ICustomerGrain : IGrainWithStringKey, IAttentive
{
    /// <summary>Adds what became of a payment. The same outcome twice counts once.</summary>
    [Alias("record")]
    Task RecordAsync(PaymentOutcome outcome);

    [Alias("get")]
    Task<CustomerView> GetAsync();

    /// <summary>What a decision about a payment in this currency may look at, with the cards in order of use.</summary>
    [Alias("recovery-facts")]
    Task<RecoveryFacts> GetRecoveryFactsAsync(string currency);

    /// <summary>What the fraud check looks at.</summary>
    [Alias("risk-facts")]
    Task<RiskFacts> GetRiskFactsAsync(string currency, DateTimeOffset now);

    /// <summary>Sets time zone and cards; what is null stays as it is.</summary>
    [Alias("put")]
    Task<CustomerView> PutAsync(CustomerProfile profile);

    /// <summary>Takes a subscription, or a newer state of it; an older one (by <see cref="Subscription.ChangedAt"/>) has no effect.</summary>
    [Alias("subscription")]
    Task PutSubscriptionAsync(Subscription subscription);

    [Alias("outbox")]
    Task<IReadOnlyList<OutboxEvent>> GetOutboxAsync();
}

[GenerateSerializer, Immutable, Alias("recoup.payment-outcome")]
public sealed record PaymentOutcome
{
    [Id(0)] public required string PaymentId { get; init; }
    [Id(1)] public required PaymentOutcomeKind Kind { get; init; }

    /// <summary>What was collected or given back by this outcome; minor units.</summary>
    [Id(2)] public required long AmountMinor { get; init; }
    [Id(3)] public required string Currency { get; init; }
    [Id(4)] public required DateTimeOffset At { get; init; }
    [Id(5)] public string? FailureCode { get; init; }
    [Id(6)] public string? SubscriptionId { get; init; }

    /// <summary>Tells outcomes of the same payment apart: the attempt, refund or dispute it is about.</summary>
    [Id(7)] public required string OutcomeId { get; init; }
}

[GenerateSerializer, Alias("recoup.payment-outcome-kind")]
public enum PaymentOutcomeKind
{
    /// <summary>The first attempt was declined; the payment is in recovery.</summary>
    Declined,
    Collected,
    Failed,
    Blocked,
    Refunded,
    Disputed,
}

[GenerateSerializer, Immutable, Alias("recoup.recovery-facts")]
public sealed record RecoveryFacts
{
    [Id(0)] public required CustomerFacts Customer { get; init; }
    [Id(1)] public IReadOnlyList<CustomerCard> Cards { get; init; } = [];

    /// <summary><c>treatment</c> or <c>holdout</c>, the same for ever: a function of the customer's id.</summary>
    [Id(2)] public required string Arm { get; init; }
}

[GenerateSerializer, Immutable, Alias("recoup.risk-facts")]
public sealed record RiskFacts
{
    /// <summary>Payments of the last business hour.</summary>
    [Id(0)] public required int PaymentsLastHour { get; init; }

    /// <summary>Declined or blocked ones of the last business day.</summary>
    [Id(1)] public required int FailuresLastDay { get; init; }

    /// <summary>Mean of the collected amounts in the currency, minor units; null while there are none.</summary>
    [Id(2)] public long? MeanAmountMinor { get; init; }
    [Id(3)] public required int Collected { get; init; }
}

/// <summary>The body of <c>PUT /customers/{id}</c>.</summary>
[GenerateSerializer, Immutable, Alias("recoup.customer-profile")]
public sealed record CustomerProfile
{
    /// <summary>IANA name, such as <c>America/New_York</c>.</summary>
    [Id(0)] public string? TimeZone { get; init; }

    /// <summary>In order of use.</summary>
    [Id(1)] public IReadOnlyList<CustomerCard>? Cards { get; init; }
}

/// <summary>A card by the merchant's or provider's token, never by its number.</summary>
[GenerateSerializer, Immutable, Alias("recoup.customer-card")]
public sealed record CustomerCard
{
    [Id(0)] public required string CardId { get; init; }
    [Id(1)] public string? CardNetwork { get; init; }
    [Id(2)] public string? CardCountry { get; init; }
}

[GenerateSerializer, Immutable, Alias("recoup.customer-view")]
public sealed record CustomerView
{
    [Id(0)] public required string CustomerId { get; init; }
    [Id(1)] public string? TimeZone { get; init; }
    [Id(2)] public required string Arm { get; init; }
    [Id(3)] public IReadOnlyList<CustomerCard> Cards { get; init; } = [];

    /// <summary>Share of the ended payments that were collected; null while there are none.</summary>
    [Id(4)] public double? SuccessRate { get; init; }
    [Id(5)] public int Payments { get; init; }
    [Id(6)] public int Collected { get; init; }

    /// <summary>Collected less refunded, minor units by currency.</summary>
    [Id(7)] public IReadOnlyDictionary<string, long> LifetimeValueMinor { get; init; } = new Dictionary<string, long>();

    /// <summary>The newest outcomes, newest first.</summary>
    [Id(8)] public IReadOnlyList<PaymentOutcome> History { get; init; } = [];
    [Id(9)] public IReadOnlyList<Subscription> Subscriptions { get; init; } = [];
}

/// <summary>A subscription as its owner, the customer grain, knows it. <c>recoup</c>'s own are renewed by the grain; a provider's are only told of.</summary>
[GenerateSerializer, Immutable, Alias("recoup.subscription")]
public sealed record Subscription
{
    [Id(0)] public required string SubscriptionId { get; init; }
    [Id(1)] public required string MerchantId { get; init; }

    /// <summary><c>recoup</c>, <c>stripe</c>, <c>square</c>.</summary>
    [Id(2)] public required string Provider { get; init; }
    [Id(3)] public string? PlanId { get; init; }

    /// <summary>Minor units a period; 0 is allowed.</summary>
    [Id(4)] public required long AmountMinor { get; init; }
    [Id(5)] public required string Currency { get; init; }

    /// <summary><c>day</c>, <c>week</c>, <c>month</c>, <c>year</c>.</summary>
    [Id(6)] public required string Interval { get; init; }
    [Id(7)] public int IntervalCount { get; init; } = 1;

    /// <summary><c>active</c>, <c>trialing</c>, <c>past_due</c>, <c>canceled</c>, <c>paused</c>.</summary>
    [Id(8)] public required string Status { get; init; }
    [Id(9)] public bool CancelAtPeriodEnd { get; init; }
    [Id(10)] public DateTimeOffset? CurrentPeriodStartAt { get; init; }
    [Id(11)] public DateTimeOffset? CurrentPeriodEndAt { get; init; }

    /// <summary>When the provider or the merchant made this change; orders what arrives out of order.</summary>
    [Id(12)] public required DateTimeOffset ChangedAt { get; init; }
    [Id(13)] public string? CardId { get; init; }
    [Id(14)] public string? CardNetwork { get; init; }
    [Id(15)] public string? CardCountry { get; init; }
}
