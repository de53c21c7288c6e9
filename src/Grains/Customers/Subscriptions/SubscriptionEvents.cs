using System.Text.Json;
using Recoup.Customers;
using Recoup.Events;

namespace Recoup.Subscriptions;

/// <summary>The events of <c>payments.subscriptions</c>, in the shape of CONTRACTS.</summary>
internal static class SubscriptionEvents
{
    private const int SchemaVersion = 1;

    public static OutboxEvent Of(string eventType, string customerId, SubscriptionRecord record, DateTimeOffset now)
    {
        var subscription = record.Subscription;
        var eventId = $"{subscription.SubscriptionId}:{record.EventCount}";
        var json = JsonSerializer.Serialize(
            new SubscriptionEvent
            {
                EventId = eventId,
                EventType = eventType,
                SchemaVersion = SchemaVersion,
                CreatedAt = now.UtcDateTime,
                SubscriptionId = subscription.SubscriptionId,
                CustomerId = customerId,
                MerchantId = subscription.MerchantId,
                Provider = subscription.Provider,
                PlanId = subscription.PlanId,
                AmountMinor = subscription.AmountMinor,
                Currency = subscription.Currency,
                Interval = subscription.Interval,
                IntervalCount = subscription.IntervalCount,
                Status = subscription.Status,
                CancelAtPeriodEnd = subscription.CancelAtPeriodEnd,
                CurrentPeriodStartAt = subscription.CurrentPeriodStartAt?.UtcDateTime,
                CurrentPeriodEndAt = subscription.CurrentPeriodEndAt?.UtcDateTime,
            },
            RecoupJson.Options);
        return new OutboxEvent
        {
            EventId = eventId,
            EventType = eventType,
            Topic = Topics.Subscriptions,
            Key = subscription.SubscriptionId,
            Json = json,
        };
    }

    // Times are UTC DateTime: System.Text.Json writes them with Z, as CONTRACTS shows them.
    private sealed record SubscriptionEvent
    {
        public required string EventId { get; init; }
        public required string EventType { get; init; }
        public required int SchemaVersion { get; init; }
        public required DateTime CreatedAt { get; init; }
        public required string SubscriptionId { get; init; }
        public required string CustomerId { get; init; }
        public required string MerchantId { get; init; }
        public required string Provider { get; init; }
        public required string? PlanId { get; init; }
        public required long AmountMinor { get; init; }
        public required string Currency { get; init; }
        public required string Interval { get; init; }
        public required int IntervalCount { get; init; }
        public required string Status { get; init; }
        public required bool CancelAtPeriodEnd { get; init; }
        public required DateTime? CurrentPeriodStartAt { get; init; }
        public required DateTime? CurrentPeriodEndAt { get; init; }
    }
}
