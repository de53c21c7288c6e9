using Recoup.Attention;
using Recoup.Events;

namespace Recoup.Customers;

/// <summary>What is kept of a customer. Immutable: a change is a new record, and memory shows only what has been saved.</summary>
[GenerateSerializer, Immutable, Alias("recoup.customer-state")]
public sealed record CustomerState : IHasAttention
{
    [Id(0)] public string? TimeZone { get; init; }
    [Id(1)] public IReadOnlyList<CustomerCard> Cards { get; init; } = [];

    /// <summary>Payments that have ended.</summary>
    [Id(2)] public int Payments { get; init; }

    /// <summary>Those of them that were collected.</summary>
    [Id(3)] public int Collected { get; init; }

    /// <summary>Collected less refunded, minor units by currency.</summary>
    [Id(4)] public IReadOnlyDictionary<string, long> LifetimeValueMinor { get; init; } = new Dictionary<string, long>();
    [Id(5)] public OutcomeHistory History { get; init; } = OutcomeHistory.Empty;
    [Id(6)] public IReadOnlyList<SubscriptionRecord> Subscriptions { get; init; } = [];

    /// <summary>Saved and not yet published, oldest first.</summary>
    [Id(7)] public IReadOnlyList<OutboxEvent> Outbox { get; init; } = [];

    /// <summary>Wall time of the next renewal.</summary>
    [Id(8)] public DateTimeOffset? AttentionAt { get; init; }

    public SubscriptionRecord? Find(string? subscriptionId) =>
        Subscriptions.FirstOrDefault(record => record.Subscription.SubscriptionId == subscriptionId);

    public CustomerState With(SubscriptionRecord record) => this with
    {
        Subscriptions =
        [
            .. Subscriptions.Where(known => known.Subscription.SubscriptionId != record.Subscription.SubscriptionId), record,
        ],
    };
}

/// <summary>A subscription and what its owner counts.</summary>
[GenerateSerializer, Immutable, Alias("recoup.subscription-record")]
public sealed record SubscriptionRecord
{
    [Id(0)] public required Subscription Subscription { get; init; }

    /// <summary>Events that it has had; the next one's id is <c>{subscription_id}:{EventCount + 1}</c>.</summary>
    [Id(1)] public int EventCount { get; init; }

    /// <summary>Where the periods are counted from, so that a month of 28 days does not move the 31st for ever.</summary>
    [Id(2)] public DateTimeOffset? AnchorAt { get; init; }
}
