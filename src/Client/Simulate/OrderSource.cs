using System.Runtime.CompilerServices;
using Recoup.Simulation;

namespace Recoup.Client.Simulate;

/// <summary>The world's orders that a plan takes, page by page.</summary>
internal static class OrderSource
{
    private const int PageSize = 200;

    public static async IAsyncEnumerable<SimulatedOrder> ReadAsync(
        ISimulatedProcessorGrain processor, SimulationPlan plan, PersistentCaller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var taken = 0;
        for (var first = plan.First; taken < plan.Payments; first += PageSize)
        {
            var from = first;
            var page = await caller.CallAsync($"the question for orders from {from}", () => processor.GetOrdersAsync(from, PageSize), cancellationToken);
            foreach (var order in page.Where(plan.Scenario.Takes).Take(plan.Payments - taken))
            {
                taken++;
                yield return order;
            }
        }
    }
}
