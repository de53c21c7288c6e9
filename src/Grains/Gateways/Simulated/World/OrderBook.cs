using Recoup.Customers;
using Recoup.Payments;
using Recoup.Simulation;

namespace Recoup.Gateways.Simulated.World;

/// <summary>The orders of the world by number. Order 17 of one seed is the same order for ever, but for the time at which its subscription starts.</summary>
internal sealed class OrderBook(SimulatedWorld world)
{
    /// <summary>Customers come back: about two orders each within such a block, and some from blocks before.</summary>
    private const int OrdersABlock = 500;
    private const int CustomersABlock = 250;
    private const double ShareOfReturning = 0.15;

    /// <summary>One run of orders on stolen cards in so many orders: 4 in 200 are 2 %.</summary>
    private const int OrdersARaid = 200;
    private const int RaidLength = 4;
    private const double ShareOfSubscriptions = 0.15;

    private static readonly string[] Merchants = ["mer_books", "mer_fitness", "mer_music"];

    // 4.99 to 199.00 in major units; whole yen in JPY.
    private static readonly (double Weight, long Item)[] Prices =
    [
        (0.14, 499), (0.18, 999), (0.16, 1499), (0.14, 1999), (0.12, 2999), (0.10, 4999), (0.07, 7999), (0.05, 9900), (0.03, 14_900), (0.01, 19_900),
    ];

    private static readonly (double Weight, string Item)[] Providers = [(0.6, "recoup"), (0.2, "stripe"), (0.2, "square")];

    public SimulatedOrder Order(long number, DateTimeOffset now)
    {
        var dice = world.Dice.With("order").With(number);
        return RaidOf(number) is { } raid ? StolenCardOrder(number, raid, dice) : HonestOrder(number, dice, now);
    }

    private SimulatedOrder HonestOrder(long number, Dice dice, DateTimeOffset now)
    {
        var customer = world.Customer(CustomerIdOf(number, dice));
        var merchantId = dice.With("merchant").Pick(Merchants);
        var provider = dice.With("provider").PickWeighted(Providers);
        var subscribes = dice.With("subscribes").Happens(ShareOfSubscriptions);
        var payment = Payment(number, customer, merchantId, dice.With("price").PickWeighted(Prices)) with
        {
            InitiatedBy = subscribes ? Initiator.Merchant : Initiator.Customer,
            SubscriptionId = subscribes ? $"sub_{world.Seed}_{number}" : null,
        };
        return Order(number, provider, payment, customer) with { Subscription = subscribes ? SubscriptionOf(payment, provider, now) : null };
    }

    /// <summary>A thief goes through a list: a card from elsewhere, far dearer things than anybody buys, several within minutes.</summary>
    private SimulatedOrder StolenCardOrder(long number, long raid, Dice dice)
    {
        var thief = world.Dice.With("raid").With(raid);
        var customer = world.Customer($"cus_{world.Seed}_r{raid}");
        var payment = Payment(number, customer, thief.With("merchant").Pick(Merchants), 100 * (long)dice.With("price").Between(3_500, 9_000)) with
        {
            CardCountry = thief.With("country").Pick(Country.Elsewhere),
        };
        return Order(number, "recoup", payment, customer);
    }

    private SubmitPayment Payment(long number, WorldCustomer customer, string merchantId, long amountMinor)
    {
        var card = world.Card(customer.CardId(1));
        return new SubmitPayment
        {
            CustomerId = customer.CustomerId,
            MerchantId = merchantId,
            AmountMinor = amountMinor,
            Currency = customer.Country.Currency,
            CardId = card.CardId,
            CardNetwork = card.Network,
            CardCountry = customer.Country.Code,
            BillingCountry = customer.Country.Code,
            Metadata = new Dictionary<string, string> { ["order"] = KeyOf(number) },
        };
    }

    private SimulatedOrder Order(long number, string provider, SubmitPayment payment, WorldCustomer customer) => new()
    {
        Number = number,
        Provider = provider,
        IdempotencyKey = KeyOf(number),
        Payment = payment,
        Profile = new CustomerProfile
        {
            TimeZone = customer.Country.TimeZone,
            Cards = [.. customer.CardIds.Select(id => new CustomerCard
            {
                CardId = id,
                CardNetwork = world.Card(id).Network,
                CardCountry = customer.Country.Code,
            })],
        },
    };

    private static Subscription SubscriptionOf(SubmitPayment payment, string provider, DateTimeOffset now) => new()
    {
        SubscriptionId = payment.SubscriptionId!,
        MerchantId = payment.MerchantId,
        Provider = provider,
        PlanId = $"plan_{payment.AmountMinor}",
        AmountMinor = payment.AmountMinor,
        Currency = payment.Currency,
        Interval = "month",
        Status = "active",
        CurrentPeriodStartAt = now,
        CurrentPeriodEndAt = now.AddMonths(1),
        ChangedAt = now,
        CardId = payment.CardId,
        CardNetwork = payment.CardNetwork,
        CardCountry = payment.CardCountry,
    };

    /// <summary>The raid that an order belongs to; null for nearly all.</summary>
    private long? RaidOf(long number)
    {
        var raid = number / OrdersARaid;
        var starts = world.Dice.With("raid starts").With(raid).Below(OrdersARaid - RaidLength);
        var place = number % OrdersARaid;
        return place >= starts && place < starts + RaidLength ? raid : null;
    }

    private string CustomerIdOf(long number, Dice dice)
    {
        var block = number / OrdersABlock;
        if (block > 0 && dice.With("returning").Happens(ShareOfReturning))
        {
            block = dice.With("earlier block").Below((int)Math.Min(block, 1_000_000));
        }

        return $"cus_{world.Seed}_{(block * CustomersABlock) + dice.With("customer").Below(CustomersABlock)}";
    }

    private string KeyOf(long number) => $"order-{world.Seed}-{number}";
}
