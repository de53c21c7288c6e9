using Recoup.Gateways.Simulated.World;

namespace Recoup.Payments.Bench.Load;

/// <summary>How the simulated issuer answers a payment's first attempt.</summary>
internal enum FirstAnswer
{
    Approved,
    Declined,
    AsItComes,
}

/// <summary>A payment to submit.</summary>
internal sealed record Order(string PaymentId, string IdempotencyKey, SubmitPayment Command);

/// <summary>
/// Payments of the simulated world's customers, picked by what its issuers will say to them: the world is a function of its seed, so the bench can ask it
/// beforehand, outside the measured time.
/// </summary>
internal sealed class WorldOrders(int seed, int customers, string name)
{
    private const string MerchantId = "mer_bench";
    private static readonly long[] Prices = [499, 999, 1_499, 1_999, 2_999, 4_999, 7_999];

    private readonly SimulatedWorld world = new(seed);
    private long next;

    public List<Order> Take(int count, FirstAnswer wanted, DateTimeOffset at)
    {
        var orders = new List<Order>(count);
        while (orders.Count < count)
        {
            var order = Make(next++);
            if (wanted == FirstAnswer.AsItComes || IsApproved(order, at) == (wanted == FirstAnswer.Approved))
            {
                orders.Add(order);
            }
        }

        return orders;
    }

    private Order Make(long number)
    {
        // A stride that shares no factor with the count: neighbours in time are different customers, and all come equally often.
        var customer = world.Customer($"cus_{name}_{number * 7_919 % customers}");
        var card = world.Card(customer.CardId(1));
        var key = $"{name}-{number}";
        return new Order(PaymentIds.PaymentId(MerchantId, key), key, new SubmitPayment
        {
            CustomerId = customer.CustomerId,
            MerchantId = MerchantId,
            AmountMinor = Prices[number % Prices.Length],
            Currency = customer.Country.Currency,
            CardId = card.CardId,
            CardNetwork = card.Network,
            CardCountry = customer.Country.Code,
            BillingCountry = customer.Country.Code,
            Metadata = new Dictionary<string, string> { ["order"] = key },
        });
    }

    private bool IsApproved(Order order, DateTimeOffset at) => world.Answer(
        new WorldCharge
        {
            Key = PaymentIds.ChargeKey(order.PaymentId, 1),
            PaymentKey = order.PaymentId,
            Provider = "recoup",
            CustomerId = order.Command.CustomerId,
            CardId = order.Command.CardId,
            CardNetwork = order.Command.CardNetwork,
            AmountMinor = order.Command.AmountMinor,
            At = at,
        },
        CustomerDeeds.None) is null;
}
