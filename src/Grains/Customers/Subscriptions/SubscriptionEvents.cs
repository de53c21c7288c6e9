using System.Text.Json;
using Recoup.Customers;
using Recoup.Events;

namespace Recoup.Subscriptions;

/// <summary>The events of <c>payments.subscriptions</c>, in the shape of CONTRACTS.</summary>
internal static class SubscriptionEvents
{
    public static OutboxEvent Of(string eventType, string customerId, SubscriptionRecord record, DateTimeOffset now)
    {
        var subscription = record.Subscription;
        var eventId = $"{subscription.SubscriptionId}:{record.EventCount}";
        var json = JsonSerializer.Serialize(
            new SubscriptionEvent
            {
                EventId = eventId,
                EventType = eventType,
                SchemaVersion = OutgoingEvent.SchemaVersion,
                CreatedAt = now,
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
                CurrentPeriodStartAt = subscription.CurrentPeriodStartAt,
                CurrentPeriodEndAt = subscription.CurrentPeriodEndAt,
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
}
