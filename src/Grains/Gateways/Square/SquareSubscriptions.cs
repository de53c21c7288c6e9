using Recoup.Amounts;
using Recoup.Customers;
using Recoup.Webhooks;

namespace Recoup.Gateways.Square;

/// <summary><c>subscription.*</c>. The event names the plan variation, not its price, unless the price is overridden: then the amount is 0, which is allowed.</summary>
internal static class SquareSubscriptions
{
    /// <summary>A subscription without a price in its event still needs a currency for its 0.</summary>
    private const string CurrencyOfNothing = "USD";

    public static ProviderEvent Read(EventReading reading)
    {
        var source = reading.Object;
        var currency = source.Text("price_override_money.currency")?.ToUpperInvariant() ?? CurrencyOfNothing;
        if (source.Text("id") is not { } id || !Currency.IsSupported(currency))
        {
            return reading.Kept($"the subscription's id is missing, or its currency is none of {string.Join(", ", Currency.Supported)}");
        }

        var canceledAt = source.Time("canceled_date");
        var subscription = new Subscription
        {
            SubscriptionId = id,
            MerchantId = reading.MerchantId,
            Provider = reading.Event.Provider,
            PlanId = source.Text("plan_variation_id", "plan_id"),
            AmountMinor = Math.Clamp(source.Integer("price_override_money.amount") ?? 0, 0, Currency.AmountMinorMax(currency)),
            Currency = currency,
            Interval = "month",
            Status = StatusOf(source.Text("status")),
            CancelAtPeriodEnd = canceledAt > reading.OccurredAt,
            CurrentPeriodStartAt = source.Time("start_date"),
            CurrentPeriodEndAt = source.Time("charged_through_date", "paid_until_date"),
            ChangedAt = reading.OccurredAt,
            CardId = source.Text("card_id"),
        };
        return new ProviderEvent
        {
            MerchantId = reading.MerchantId,
            Subscription = subscription,
            CustomerId = source.Text("customer_id") ?? reading.UnknownCustomer,
        };
    }

    private static string StatusOf(string? status) => status?.ToUpperInvariant() switch
    {
        "PENDING" => "trialing",
        "PAUSED" => "paused",
        "CANCELED" or "COMPLETED" => "canceled",
        "DEACTIVATED" => "past_due",
        _ => "active",
    };
}
