using System.Text.Json;
using Recoup.Amounts;
using Recoup.Customers;
using Recoup.Webhooks;

namespace Recoup.Gateways.Stripe;

/// <summary><c>customer.subscription.*</c>.</summary>
internal static class StripeSubscriptions
{
    public static ProviderEvent Read(EventReading reading)
    {
        var source = reading.Object;
        var items = source.Items("items").ToArray();
        var plan = items.Select(PlanOf).Append(source.At("plan")).FirstOrDefault(found => found.IsPresent());
        var currency = (source.Text("currency") ?? plan.Text("currency"))?.ToUpperInvariant();
        if (source.Text("id") is not { } id || !Currency.IsSupported(currency))
        {
            return reading.Kept($"the subscription's id is missing, or its currency is none of {string.Join(", ", Currency.Supported)}");
        }

        var subscription = new Subscription
        {
            SubscriptionId = id,
            MerchantId = reading.MerchantId,
            Provider = reading.Event.Provider,
            PlanId = plan.Text("id"),
            AmountMinor = AmountOf(source, items, plan, currency!),
            Currency = currency!,
            Interval = plan.Text("recurring.interval", "interval") ?? "month",
            IntervalCount = (int)Math.Clamp(plan.Integer("recurring.interval_count", "interval_count") ?? 1, 1, 366),
            Status = StatusOf(reading.Event.EventType, source.Text("status"), source.At("pause_collection").IsPresent()),
            CancelAtPeriodEnd = source.Flag("cancel_at_period_end") ?? false,
            CurrentPeriodStartAt = source.Time("current_period_start") ?? items.Select(item => item.Time("current_period_start")).FirstOrDefault(),
            CurrentPeriodEndAt = source.Time("current_period_end") ?? items.Select(item => item.Time("current_period_end")).FirstOrDefault(),
            ChangedAt = reading.OccurredAt,
            CardId = source.Id("default_payment_method", "default_source"),
        };
        return new ProviderEvent
        {
            MerchantId = reading.MerchantId,
            Subscription = subscription,
            CustomerId = source.Id("customer") ?? reading.UnknownCustomer,
        };
    }

    private static JsonElement PlanOf(JsonElement item) => item.At("price").IsPresent() ? item.At("price") : item.At("plan");

    /// <summary>What a period costs: the items of the subscription's currency. Tiered and metered prices have no amount of their own.</summary>
    private static long AmountOf(JsonElement source, JsonElement[] items, JsonElement plan, string currency)
    {
        if (items.Length == 0)
        {
            return Cost(plan, source.Integer("quantity"));
        }

        return items.Select(item => (Plan: PlanOf(item), Quantity: item.Integer("quantity")))
            .Where(item => string.Equals(item.Plan.Text("currency") ?? currency, currency, StringComparison.OrdinalIgnoreCase))
            .Sum(item => Cost(item.Plan, item.Quantity));
    }

    private static long Cost(JsonElement plan, long? quantity)
    {
        const long quantityMax = 1_000_000;
        var each = Math.Clamp(plan.Integer("unit_amount", "amount") ?? 0, 0, Currency.AmountMinorMax("USD"));
        return each * Math.Clamp(quantity ?? 1, 0, quantityMax);
    }

    private static string StatusOf(string type, string? status, bool isPaused) => (type, status) switch
    {
        ("customer.subscription.deleted", _) => "canceled",
        ("customer.subscription.paused", _) => "paused",
        (_, "trialing" or "past_due" or "canceled" or "paused") => status!,
        (_, "incomplete_expired") => "canceled",
        (_, "unpaid" or "incomplete") => "past_due",
        _ => isPaused ? "paused" : "active",
    };
}
