namespace Recoup.Events;

/// <summary>The value of a record of <c>payments.subscriptions</c>.</summary>
public sealed record SubscriptionEvent
{
    /// <summary><c>{subscription_id}:{n}</c>, n counting the subscription's events from 1.</summary>
    public required string EventId { get; init; }

    /// <summary><c>subscription.created</c>, <c>.updated</c>, <c>.canceled</c>, <c>.payment_failed</c> or <c>.payment_succeeded</c>.</summary>
    public required string EventType { get; init; }
    public required int SchemaVersion { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string SubscriptionId { get; init; }
    public required string CustomerId { get; init; }
    public required string MerchantId { get; init; }
    public required string Provider { get; init; }
    public string? PlanId { get; init; }

    /// <summary>A period's price; 0 for a plan that costs nothing.</summary>
    public required long AmountMinor { get; init; }
    public required string Currency { get; init; }

    /// <summary><c>day</c>, <c>week</c>, <c>month</c> or <c>year</c>.</summary>
    public required string Interval { get; init; }
    public required int IntervalCount { get; init; }
    public required string Status { get; init; }
    public required bool CancelAtPeriodEnd { get; init; }
    public DateTimeOffset? CurrentPeriodStartAt { get; init; }
    public DateTimeOffset? CurrentPeriodEndAt { get; init; }
}
