using Recoup.Customers;

namespace Recoup.Subscriptions;

/// <summary>How a customer's subscriptions change, each change with the event that tells of it.</summary>
internal static class SubscriptionTransitions
{
    private const string Own = "recoup";

    /// <summary>Takes a subscription, or a newer state of it. A late, older state has no effect.</summary>
    public static CustomerState PutSubscription(this CustomerState state, string customerId, Subscription subscription, DateTimeOffset now)
    {
        var known = state.Find(subscription.SubscriptionId);
        if (known is not null && subscription.ChangedAt <= known.Subscription.ChangedAt)
        {
            return state;
        }

        var next = WithPeriod(subscription, known);
        var eventType = next.Status == "canceled" ? "subscription.canceled" : known is null ? "subscription.created" : "subscription.updated";
        var anchor = next.CurrentPeriodStartAt is { } start ? SubscriptionPeriods.AnchorOf(next, known?.AnchorAt, start) : known?.AnchorAt;
        return state.Tell(customerId, new SubscriptionRecord { Subscription = next, EventCount = known?.EventCount ?? 0, AnchorAt = anchor }, eventType, now);
    }

    /// <summary>The payment of the next period is submitted (or none was needed): the period goes on.</summary>
    /// <param name="state">The customer.</param>
    /// <param name="customerId">The customer's id.</param>
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="periodEnd">The end of the period that is over; another one means that this renewal is done already.</param>
    /// <param name="now">Business time.</param>
    public static CustomerState Renew(this CustomerState state, string customerId, string subscriptionId, DateTimeOffset periodEnd, DateTimeOffset now)
    {
        if (state.Find(subscriptionId) is not { } record || record.Subscription.CurrentPeriodEndAt != periodEnd || !IsRenewed(record.Subscription))
        {
            return state;
        }

        var subscription = record.Subscription;
        if (subscription.CancelAtPeriodEnd)
        {
            return state.Tell(customerId, record with { Subscription = subscription with { Status = "canceled" } }, "subscription.canceled", now);
        }

        var anchor = SubscriptionPeriods.AnchorOf(subscription, record.AnchorAt, periodEnd);
        var next = subscription with
        {
            // A trial is over with its period.
            Status = subscription.Status == "trialing" ? "active" : subscription.Status,
            CurrentPeriodStartAt = periodEnd,
            CurrentPeriodEndAt = SubscriptionPeriods.EndOfNext(subscription, anchor, periodEnd),
        };
        return state.Tell(customerId, record with { Subscription = next, AnchorAt = anchor }, "subscription.updated", now);
    }

    /// <summary>What became of a subscription's payment. A subscription that is not known cannot be told of.</summary>
    public static CustomerState TellSubscription(this CustomerState state, string customerId, PaymentOutcome outcome, DateTimeOffset now)
    {
        var eventType = outcome.Kind switch
        {
            PaymentOutcomeKind.Collected => "subscription.payment_succeeded",
            PaymentOutcomeKind.Declined or PaymentOutcomeKind.Failed or PaymentOutcomeKind.Blocked => "subscription.payment_failed",
            _ => null,
        };
        if (eventType is null || state.Find(outcome.SubscriptionId) is not { } record)
        {
            return state;
        }

        var subscription = record.Subscription;
        if (subscription.Provider == Own)
        {
            subscription = (subscription.Status, outcome.Kind) switch
            {
                ("past_due", PaymentOutcomeKind.Collected) => subscription with { Status = "active" },
                ("active" or "trialing", not PaymentOutcomeKind.Collected) => subscription with { Status = "past_due" },
                _ => subscription,
            };
        }

        return state.Tell(customerId, record with { Subscription = subscription }, eventType, now);
    }

    /// <summary>Recoup's own, while it runs: a provider renews its own.</summary>
    public static bool IsRenewed(Subscription subscription) =>
        subscription is { Provider: Own, Status: "active" or "trialing" or "past_due", CurrentPeriodEndAt: not null };

    private static CustomerState Tell(this CustomerState state, string customerId, SubscriptionRecord record, string eventType, DateTimeOffset now)
    {
        var told = record with { EventCount = record.EventCount + 1 };
        return state.With(told) with { Outbox = [.. state.Outbox, SubscriptionEvents.Of(eventType, customerId, told, now)] };
    }

    /// <summary>Recoup's own has a period, and does not go back into one that has been paid for.</summary>
    private static Subscription WithPeriod(Subscription subscription, SubscriptionRecord? known)
    {
        if (subscription.Provider != Own)
        {
            return subscription;
        }

        if (known?.Subscription is { CurrentPeriodEndAt: { } knownEnd } before && (subscription.CurrentPeriodEndAt ?? knownEnd) <= knownEnd)
        {
            return subscription with { CurrentPeriodStartAt = before.CurrentPeriodStartAt, CurrentPeriodEndAt = knownEnd };
        }

        var start = subscription.CurrentPeriodStartAt ?? subscription.ChangedAt;
        return subscription with
        {
            CurrentPeriodStartAt = start,
            CurrentPeriodEndAt = subscription.CurrentPeriodEndAt ?? SubscriptionPeriods.EndOfNext(subscription, start, start),
        };
    }
}
