using Recoup.Payments;

namespace Recoup.Simulation;

/// <summary>
/// The merchant's side of the simulated world, for the console's simulator: whom there is to charge, and charges that the merchant makes at a
/// provider of its own (Stripe, Square), of which Recoup hears by webhook. The key is 0.
/// </summary>
[Alias("recoup.simulated-processor")]
public interface ISimulatedProcessorGrain : IGrainWithIntegerKey
{
    /// <summary>The seed, so that a run can be repeated.</summary>
    [Alias("seed")]
    Task<int> GetSeedAsync();

    /// <summary>Payments <paramref name="first"/>, <paramref name="first"/> + 1, ... of the world, the same for the same seed and numbers.</summary>
    [Alias("orders")]
    Task<IReadOnlyList<SimulatedOrder>> GetOrdersAsync(long first, int count);

    /// <summary>The merchant charges at its own provider: the charge stands in the ledger, and signed webhooks tell of it. Repeating an order has no effect.</summary>
    [Alias("bill")]
    Task BillAsync(SimulatedOrder order);

    /// <summary>What the ledger says, for audits: charges by outcome and money in minor units by currency.</summary>
    [Alias("audit")]
    Task<LedgerAudit> AuditAsync();
}

[GenerateSerializer, Immutable, Alias("recoup.simulated-order")]
public sealed record SimulatedOrder
{
    [Id(0)] public required long Number { get; init; }

    /// <summary><c>recoup</c>: submit it at <c>POST /payments</c>. <c>stripe</c>, <c>square</c>: bill it.</summary>
    [Id(1)] public required string Provider { get; init; }
    [Id(2)] public required string IdempotencyKey { get; init; }
    [Id(3)] public required SubmitPayment Payment { get; init; }

    /// <summary>The customer's time zone and cards, to be put before the first payment.</summary>
    [Id(4)] public required Customers.CustomerProfile Profile { get; init; }

    /// <summary>A subscription that the customer takes with this order; null for most.</summary>
    [Id(5)] public Customers.Subscription? Subscription { get; init; }
}

[GenerateSerializer, Immutable, Alias("recoup.ledger-audit")]
public sealed record LedgerAudit
{
    [Id(0)] public required long Charges { get; init; }
    [Id(1)] public required long Declines { get; init; }
    [Id(2)] public required long Refunds { get; init; }

    /// <summary>Payments with more than one charge that was not given back; must be empty.</summary>
    [Id(3)] public IReadOnlyList<string> ChargedTwice { get; init; } = [];

    /// <summary>Charged less refunded, minor units by currency.</summary>
    [Id(4)] public IReadOnlyDictionary<string, long> NetMinor { get; init; } = new Dictionary<string, long>();
}
