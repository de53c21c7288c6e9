using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Recoup.Clock;
using Recoup.Gateways.Simulated;
using Recoup.Simulation;

namespace Recoup.Grains.Tests.Gateways.Simulated;

/// <summary>The registration as the silo uses it, in a silo.</summary>
[TestClass]
public sealed class SimulatedProcessorGrainTests
{
    [TestMethod]
    public async Task BillAsync_ManyOrders_StandInTheAudit()
    {
        var folder = Directory.CreateTempSubdirectory("recoup-gateway-").FullName;
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IBusinessClock, ManualBusinessClock>()
            .AddSimulatedGateway(options =>
            {
                options.DataDirectory = folder;
                options.Seed = 3;
            }));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        try
        {
            var processor = cluster.Client.GetGrain<ISimulatedProcessorGrain>(0);
            var orders = await processor.GetOrdersAsync(100, 50);
            var billed = orders.Where(order => order.Provider != "recoup").ToList();
            await Task.WhenAll(billed.Select(processor.BillAsync));
            var audit = await processor.AuditAsync();

            Assert.AreEqual(3, await processor.GetSeedAsync());
            Assert.AreSequenceEqual(Enumerable.Range(100, 50).Select(number => (long)number), orders.Select(order => order.Number));
            Assert.AreEqual(billed.Count, audit.Charges + audit.Declines);
            Assert.IsEmpty(audit.ChargedTwice);
            await Assert.ThrowsExactlyAsync<ArgumentException>(() => processor.BillAsync(orders.First(order => order.Provider == "recoup")));
        }
        finally
        {
            await cluster.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
