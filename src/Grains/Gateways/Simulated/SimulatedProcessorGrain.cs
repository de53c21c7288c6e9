using Orleans.Concurrency;
using Recoup.Clock;
using Recoup.Gateways.Simulated.Billing;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Gateways.Simulated.World;
using Recoup.Simulation;

namespace Recoup.Gateways.Simulated;

/// <summary>The merchant's side of the simulated world. It has no state: all is in the ledger's file or follows from the seed.</summary>
[StatelessWorker]
internal sealed class SimulatedProcessorGrain(GatewayLedger ledger, SimulatedWorld world, OrderBook orders, BillingDesk desk, IBusinessClock clock)
    : Grain, ISimulatedProcessorGrain
{
    private const int OrdersMax = 10_000;

    public Task<int> GetSeedAsync() => Task.FromResult(world.Seed);

    public Task<IReadOnlyList<SimulatedOrder>> GetOrdersAsync(long first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, OrdersMax);
        var now = clock.UtcNow;
        return Task.FromResult<IReadOnlyList<SimulatedOrder>>([.. Enumerable.Range(0, count).Select(i => orders.Order(first + i, now))]);
    }

    public Task BillAsync(SimulatedOrder order)
    {
        var bill = ProviderBill.Of(order, world);
        return ledger.WriteAsync(book =>
        {
            desk.Bill(book, bill);
            return true;
        });
    }

    public Task<LedgerAudit> AuditAsync() => Task.FromResult(LedgerAuditor.Audit(ledger));
}
