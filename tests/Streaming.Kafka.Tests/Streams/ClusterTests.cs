using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;
using Recoup.Streaming.Kafka.Tests.Clusters;
using static Recoup.Streaming.Kafka.Tests.Streams.ReadingTests;

namespace Recoup.Streaming.Kafka.Tests.Streams;

[TestClass]
public sealed class ClusterTests
{
    private const int Keys = 12;
    private const int PerKey = 40;

    [TestMethod]
    public Task Silo_LeavesDuringLoad_ItsPartitionsGoOnAtTheOther() =>
        NothingIsLostAsync((fixture, silos) => silos.Cluster.StopSiloAsync(silos.Cluster.Silos[1]));

    [TestMethod]
    public Task Silo_IsKilledDuringLoad_ItsPartitionsGoOnAtTheOther() =>
        NothingIsLostAsync((fixture, silos) => silos.Cluster.KillSiloAsync(silos.Cluster.Silos[1]));

    [TestMethod]
    public Task Silo_JoinsDuringLoad_TakesItsShareAndNothingIsLost() =>
        NothingIsLostAsync(async (fixture, silos) => await silos.Cluster.StartAdditionalSiloAsync());

    [TestMethod]
    public async Task Agents_OfAProviderThatOnlyWrites_DoNotExist()
    {
        await using var fixture = new ReadingFixture();
        await using var silo = await fixture.StartSilosAsync(configure: streams => streams.WithOptions(options =>
        {
            options.Direction = StreamProviderDirection.WriteOnly;
            options.DeadLetterTopic = "";
        }));

        var exception = await Assert.ThrowsExactlyAsync<ArgumentException>(() => silo.Service<IServiceProvider>()
            .GetRequiredKeyedService<IControllable>(SiloFixture.Provider)
            .ExecuteCommand((int)PersistentStreamProviderCommand.GetNumberRunningAgents, null));

        StringAssert.Contains(exception.Message, "PullingAgentManager is not initialized");
    }

    [TestMethod]
    public async Task Agents_OfAProviderThatReads_AreOneAPartition()
    {
        await using var fixture = new ReadingFixture();
        await using var silos = await fixture.StartSilosAsync(silos: 2);

        var running = await silos.Client.GetGrain<IManagementGrain>(0).SendControlCommandToProvider<PersistentStreamProvider>(
            SiloFixture.Provider, (int)PersistentStreamProviderCommand.GetNumberRunningAgents);

        Assert.AreEqual(ReadingFixture.Partitions, running.Cast<int>().Sum());
    }

    [TestMethod]
    public async Task SlowSubscriber_HoldsMemoryWithinTheCacheAndLosesNothing()
    {
        await using var fixture = new ReadingFixture();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Journal.OnDelivery = entry => entry.Text == "slow" ? gate.Task : Task.CompletedTask;
        await using var silo = await fixture.StartSilosAsync(
            configure: streams => streams.WithOptions(options => (options.CacheRecords, options.ReadBatch, options.DeadLetterTopic) = (10, 4, "dead"))
                .AddTopic<NoteWritten>("other", topic => topic.Topic = "archive"));
        var (slow, quick) = KeysOfOnePartition(fixture);

        await fixture.WriteAsync(slow, "slow");
        await fixture.WriteAsync(quick, [.. Numbers(0, 200)]);
        var whileHeld = await fixture.Journal.TakeAsync(9);
        Assert.AreEqual(0, fixture.Journal.Waiting, "The cache of 10 records holds the slow one and 9 others.");
        gate.SetResult();

        var rest = await fixture.Journal.TakeAsync(192);
        CollectionAssert.AreEqual(
            Numbers(0, 200).ToArray(), whileHeld.Concat(rest).Where(entry => entry.Key == quick).Select(entry => entry.Text).ToArray());
    }

    private static async Task NothingIsLostAsync(Func<ReadingFixture, SiloFixture, Task> change)
    {
        await using var fixture = new ReadingFixture();
        await using var silos = await fixture.StartSilosAsync(silos: 2);
        await WriteRoundsAsync(fixture, 0, PerKey / 2);
        var seen = await UntilCompleteAsync(fixture, [], PerKey / 4);

        await Task.WhenAll(change(fixture, silos), WriteRoundsAsync(fixture, PerKey / 2, PerKey / 2));
        seen = await UntilCompleteAsync(fixture, seen, PerKey);

        foreach (var (key, numbers) in seen)
        {
            // At least once: what comes again comes after it was there, so the first deliveries are in order.
            CollectionAssert.AreEqual(Enumerable.Range(0, PerKey).ToArray(), numbers.Distinct().ToArray(), $"Key {key}.");
        }
    }

    private static async Task WriteRoundsAsync(ReadingFixture fixture, int first, int count)
    {
        foreach (var number in Numbers(first, count))
        {
            await Task.WhenAll(Enumerable.Range(0, Keys).Select(key => fixture.WriteAsync($"key-{key}", number)));
        }
    }

    private static async Task<Dictionary<string, List<int>>> UntilCompleteAsync(ReadingFixture fixture, Dictionary<string, List<int>> seen, int distinct)
    {
        while (seen.Count < Keys || seen.Values.Any(numbers => numbers.Distinct().Count() < distinct))
        {
            var entry = (await fixture.Journal.TakeAsync(1))[0];
            if (!seen.TryGetValue(entry.Key, out var numbers))
            {
                seen[entry.Key] = numbers = [];
            }

            numbers.Add(int.Parse(entry.Text, CultureInfo.InvariantCulture));
        }

        return seen;
    }

    private static (string Slow, string Quick) KeysOfOnePartition(ReadingFixture fixture)
    {
        var keys = Numbers(0, 100).GroupBy(key => Producing.ProducerFixture.PartitionOf(fixture.Journal.Key(key), ReadingFixture.Partitions))
            .First(group => group.Count() > 1);
        return (keys.First(), keys.Skip(1).First());
    }
}
