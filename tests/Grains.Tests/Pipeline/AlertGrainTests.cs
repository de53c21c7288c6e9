using System.Collections.Concurrent;
using Recoup.Grains.Tests.Clusters;
using Recoup.Pipeline;
using Recoup.Pipeline.Alerts;

namespace Recoup.Grains.Tests.Pipeline;

[TestClass]
public sealed class AlertGrainTests
{
    private static readonly Reading Bad = new() { Monitor = "kafka_lag", Severity = Severity.Warning, Value = 5, Threshold = 1, Unit = "records", Summary = "5 records wait" };

    [TestMethod]
    public async Task ObserveAsync_OneChannelIsDown_TheOtherHearsOfItAndTheFirstLater()
    {
        var storage = new GatedStorage();
        var (well, ill) = (new PlayedChannel("well"), new PlayedChannel("ill") { IsDown = true });
        await using var cluster = await PipelineCluster.StartAsync(storage, [], [ill, well]);

        await cluster.Alerts.ObserveAsync(1, [Bad]);
        await Eventually.HoldsAsync(() => Task.FromResult(well.Taken.Count == 1), "the channel that is up hears of it");
        Assert.IsEmpty(ill.Taken);
        Assert.IsNotNull(storage.Stored<AlertBook>(IAlertGrain.Key)!.AttentionAt, "Somebody must come back for the other.");

        ill.IsDown = false;
        await Eventually.HoldsAsync(
            async () =>
            {
                await cluster.Alerts.ResumeAsync();
                return ill.Taken.Count == 1;
            },
            "the other one hears of it");
        await Eventually.HoldsAsync(() => Task.FromResult(storage.Stored<AlertBook>(IAlertGrain.Key)!.AttentionAt is null), "nothing waits any more");
        Assert.HasCount(1, well.Taken, "Who has it is not told again.");
    }

    [TestMethod]
    public async Task ObserveAsync_DiedBeforeItWasTold_IsToldAfterwards()
    {
        var storage = new GatedStorage();
        await using (var dies = await PipelineCluster.StartAsync(storage, [], [new PlayedChannel("log") { IsDown = true }]))
        {
            await dies.Alerts.ObserveAsync(1, [Bad]);
        }

        var channel = new PlayedChannel("log");
        await using var cluster = await PipelineCluster.StartAsync(storage, [], [channel]);
        await cluster.Alerts.ResumeAsync();
        await cluster.Alerts.ObserveAsync(1, [Bad]);

        await Eventually.HoldsAsync(() => Task.FromResult(!channel.Taken.IsEmpty), "it is told after all");
        CollectionAssert.AreEqual(new[] { "kafka_lag/all/1:1" }, channel.Taken.ToArray());
    }

    [TestMethod]
    public async Task ObserveAsync_ChannelRefusesForGood_IsNotAskedAgain()
    {
        var storage = new GatedStorage();
        await using var cluster = await PipelineCluster.StartAsync(storage, [], [new PlayedChannel("hook") { Refuses = true }]);

        await cluster.Alerts.ObserveAsync(1, [Bad]);

        await Eventually.HoldsAsync(() => Task.FromResult(storage.Stored<AlertBook>(IAlertGrain.Key) is { Outbox.Count: 0 }), "nothing waits");
        Assert.HasCount(1, await cluster.Alerts.ListAsync());
    }

    private sealed class PlayedChannel(string name) : IAlertChannel
    {
        public string Name => name;

        public ConcurrentQueue<string> Taken { get; } = new();

        public bool IsDown { get; set; }

        public bool Refuses { get; set; }

        public Task SendAsync(AlertNotice notice, CancellationToken cancellation)
        {
            if (IsDown)
            {
                throw new IOException("down");
            }

            if (Refuses)
            {
                throw new AlertRefusedException("gone");
            }

            Taken.Enqueue(notice.EventId);
            return Task.CompletedTask;
        }
    }
}
