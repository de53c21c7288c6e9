using System.Text.Json;
using Recoup.Customers;
using Recoup.Gateways.Simulated.World;
using Recoup.Simulation;

namespace Recoup.Gateways.Simulated.Billing;

/// <summary>One payment that a merchant takes at a provider of its own: what the provider knows of it, in words that both providers share.</summary>
internal sealed record ProviderBill
{
    /// <summary><c>stripe</c> or <c>square</c>.</summary>
    public required string Provider { get; init; }
    public required string OrderKey { get; init; }

    /// <summary>0 for the order itself, n for the n-th renewal of its subscription.</summary>
    public required int Period { get; init; }
    public required string MerchantId { get; init; }
    public required string CustomerId { get; init; }
    public required long AmountMinor { get; init; }
    public required string Currency { get; init; }
    public required string CardId { get; init; }
    public required string CardNetwork { get; init; }
    public string? CardCountry { get; init; }
    public string? BillingCountry { get; init; }
    public Subscription? Subscription { get; init; }

    /// <summary>The object that all attempts on this payment share: Stripe's payment intent, Square's order.</summary>
    public required string Reference { get; init; }

    /// <summary>Only what a subscription asks for has an invoice.</summary>
    public string? InvoiceId { get; init; }

    /// <summary>The provider's own idempotency key of the first charge.</summary>
    public string FirstChargeKey => Period == 0 ? $"{Provider}:{OrderKey}" : $"{Provider}:{OrderKey}:{Period}";

    /// <summary>
    /// The names under which Recoup may first hear of the payment, the likeliest first. They are the keys that its webhook mapping gives aliases
    /// (<c>stripe:pi_1</c>, <c>square:order:O1</c>): the Recoup payment id of a provider's payment is made from the first one it sees.
    /// </summary>
    public IReadOnlyList<string> Aliases(string? chargeId)
    {
        var isStripe = Provider == "stripe";
        (string Kind, string? Id)[] ids = [("order", Reference), ("payment", chargeId), ("invoice", InvoiceId)];
        return [.. ids.Where(id => id.Id is not null).Select(id => isStripe ? $"stripe:{id.Id}" : $"square:{id.Kind}:{id.Id}")];
    }

    public static ProviderBill Of(SimulatedOrder order, SimulatedWorld world)
    {
        if (order.Provider is not ("stripe" or "square"))
        {
            throw new ArgumentException($"Order {order.Number} belongs to {order.Provider}: only orders of stripe and square are billed.", nameof(order));
        }

        var cardId = order.Payment.CardId ?? world.Customer(order.Payment.CustomerId).CardId(1);
        return new ProviderBill
        {
            Provider = order.Provider,
            OrderKey = order.IdempotencyKey,
            Period = 0,
            MerchantId = order.Payment.MerchantId,
            CustomerId = order.Payment.CustomerId,
            AmountMinor = order.Payment.AmountMinor,
            Currency = order.Payment.Currency,
            CardId = cardId,
            CardNetwork = order.Payment.CardNetwork ?? world.Card(cardId).Network,
            CardCountry = order.Payment.CardCountry,
            BillingCountry = order.Payment.BillingCountry,
            Subscription = order.Subscription,
            Reference = "",
        }.Named(world);
    }

    /// <summary>The same subscription a period later.</summary>
    public ProviderBill Next(SimulatedWorld world)
    {
        var starts = Subscription!.CurrentPeriodEndAt!.Value;
        var renewed = Subscription with { CurrentPeriodStartAt = starts, CurrentPeriodEndAt = starts.AddMonths(1), ChangedAt = starts };
        return (this with { Period = Period + 1, Subscription = renewed }).Named(world);
    }

    public static ProviderBill Parse(string json) => JsonSerializer.Deserialize<ProviderBill>(json, RecoupJson.Options)!;

    public string ToJson() => JsonSerializer.Serialize(this, RecoupJson.Options);

    private ProviderBill Named(SimulatedWorld world)
    {
        var dice = world.Dice.With("bill").With(FirstChargeKey);
        var isStripe = Provider == "stripe";
        return this with
        {
            Reference = isStripe ? ObjectIds.Make(dice.With("payment intent"), "pi_", 24) : ObjectIds.Make(dice.With("order"), "", 27),
            InvoiceId = Subscription is null ? null
                : isStripe ? ObjectIds.Make(dice.With("invoice"), "in_", 24)
                : ObjectIds.Make(dice.With("invoice"), "inv:0-", 24),
        };
    }
}
