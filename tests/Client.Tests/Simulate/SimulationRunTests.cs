using Microsoft.Extensions.Time.Testing;
using Recoup.Client.Simulate;

namespace Recoup.Client.Tests.Simulate;

[TestClass]
public sealed class SimulationRunTests
{
    private readonly FakeTimeProvider clock = new();

    [TestMethod]
    public async Task RunAsync_AnswersAreLost_SubmitsAgainAndCountsEachPaymentOnce()
    {
        var world = new FakeWorld(losesAnswers: true);
        using var recorded = new StringWriter();

        var end = await RunAsync(world, new SimulationPlan { Payments = 90, Until = SimulationEnd.Ended }, recorded);

        Assert.AreEqual((60L, 30L, 60L), (end.Acknowledged, end.Billed, end.Retries));
        Assert.AreEqual(90, end.Tally.Payments);
        Assert.AreEqual(90, end.Tally[PaymentResult.SucceededFirstAttempt]);
        Assert.AreEqual(0, end.Unheard);
        var ids = recorded.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        CollectionAssert.AreEquivalent(world.Payments.Where(payment => payment.Submits > 0).Select(payment => payment.View!.PaymentId).ToArray(), ids);
        Assert.IsTrue(world.Payments.All(payment => payment.Submits is 0 or 2));
    }

    [TestMethod]
    public async Task RunAsync_ManyOrdersOfOneCustomer_IntroducesItOnce()
    {
        var world = new FakeWorld();

        await RunAsync(world, new SimulationPlan { Payments = 100 }, TextWriter.Null);

        Assert.HasCount(10, world.Customers);
        Assert.IsTrue(world.Customers.All(customer => customer.Introductions == 1));
    }

    [TestMethod]
    public async Task RunAsync_WebhooksNeverCome_GivesUpAndCountsThem()
    {
        var end = await RunAsync(new FakeWorld(sendsWebhooks: false), new SimulationPlan { Payments = 30 }, TextWriter.Null);

        Assert.AreEqual((10, 20), (end.Unheard, end.Tally.Payments));
    }

    [TestMethod]
    public async Task RunAsync_ScenarioDirect_BillsNothing()
    {
        var end = await RunAsync(new FakeWorld(), new SimulationPlan { Payments = 30, Scenario = Scenario.Named("direct") }, TextWriter.Null);

        Assert.AreEqual((30L, 0L), (end.Acknowledged, end.Billed));
    }

    [TestMethod]
    public async Task FindFirstAsync_SomeOrdersPlaced_GivesThePageAfterThem()
    {
        var world = new FakeWorld();
        Assert.AreEqual(1, await FreshOrders.FindFirstAsync(world.Grains));

        await RunAsync(world, new SimulationPlan { Payments = 150 }, TextWriter.Null);

        Assert.AreEqual(201, await FreshOrders.FindFirstAsync(world.Grains));
    }

    private async Task<SimulationSnapshot> RunAsync(FakeWorld world, SimulationPlan plan, TextWriter recorded)
    {
        using var record = new AcknowledgementRecord(recorded);
        var run = new SimulationRun(plan, world.Grains, record, clock);
        var running = run.RunAsync(CancellationToken.None);
        while (!running.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await running;
        return run.Snapshot();
    }
}
