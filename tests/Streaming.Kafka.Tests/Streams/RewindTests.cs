using Recoup.Streaming.Kafka.Producing;
using Recoup.Streaming.Kafka.Records;
using Recoup.Streaming.Kafka.Tests.Clusters;
using static Recoup.Streaming.Kafka.Tests.Streams.ReadingTests;

namespace Recoup.Streaming.Kafka.Tests.Streams;

[TestClass]
public sealed class RewindTests
{
    [TestMethod]
    public async Task SubscribeAsync_AtAnOffsetBeforeWhatWasCommitted_DeliversFromThereOnAndThenWhatIsNew()
    {
        await using var fixture = new ReadingFixture();
        await using var silo = await fixture.StartSilosWithArchiveAsync();
        var positions = await fixture.WriteToAsync("archive", "a", [.. Numbers(0, 50)]);
        await ReadPastAsync(fixture, silo);

        await silo.Client.GetGrain<IRewinderGrain>(fixture.Journal.Key("a")).RewindAsync(positions[10].Offset, null);

        var entries = await fixture.Journal.TakeAsync(40);
        CollectionAssert.AreEqual(Numbers(10, 40).ToArray(), entries.Select(entry => entry.Text).ToArray());
        Assert.AreEqual(positions[10].Offset, entries[0].Offset);
        await fixture.WriteToAsync("archive", "a", "new");
        Assert.AreEqual("new", (await fixture.Journal.TakeAsync(1))[0].Text);
    }

    [TestMethod]
    public async Task SubscribeAsync_AtATime_DeliversTheRecordsSinceThen()
    {
        await using var fixture = new ReadingFixture();
        await using var silo = await fixture.StartSilosWithArchiveAsync();
        var noon = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        for (var hour = 0; hour < 6; hour++)
        {
            await fixture.Producer.PublishAsync(new KafkaMessage("archive", new KafkaRecord
            {
                Key = System.Text.Encoding.UTF8.GetBytes(fixture.Journal.Key("a")),
                Value = System.Text.Encoding.UTF8.GetBytes($$"""{"text":"{{hour}}"}"""),
                Timestamp = noon.AddHours(hour),
            }));
        }

        await ReadPastAsync(fixture, silo);
        await silo.Client.GetGrain<IRewinderGrain>(fixture.Journal.Key("a")).RewindAsync(null, noon.AddHours(3));

        CollectionAssert.AreEqual(new[] { "3", "4", "5" }, (await fixture.Journal.TakeAsync(3)).Select(entry => entry.Text).ToArray());
    }

    [TestMethod]
    public async Task SubscribeAsync_TwoRewindsOfOnePartition_EachGetsItsOwnOnly()
    {
        await using var fixture = new ReadingFixture();
        await using var silo = await fixture.StartSilosWithArchiveAsync();
        var (first, second) = TwoKeysOfOnePartition(fixture);
        for (var round = 0; round < 5; round++)
        {
            await fixture.WriteToAsync("archive", first, $"first-{round}");
            await fixture.WriteToAsync("archive", second, $"second-{round}");
        }

        await ReadPastAsync(fixture, silo);
        await Task.WhenAll(
            silo.Client.GetGrain<IRewinderGrain>(fixture.Journal.Key(first)).RewindAsync(0, null),
            silo.Client.GetGrain<IRewinderGrain>(fixture.Journal.Key(second)).RewindAsync(0, null));

        var entries = await fixture.Journal.TakeAsync(10);
        CollectionAssert.AreEqual(
            Numbers(0, 5).Select(round => $"first-{round}").ToArray(), entries.Where(entry => entry.Key == first).Select(entry => entry.Text).ToArray());
        CollectionAssert.AreEqual(
            Numbers(0, 5).Select(round => $"second-{round}").ToArray(), entries.Where(entry => entry.Key == second).Select(entry => entry.Text).ToArray());
    }

    /// <summary>The group has gone past everything written so far: a subscriber that is up to date has the last record of every partition.</summary>
    private static async Task ReadPastAsync(ReadingFixture fixture, SiloFixture silo)
    {
        for (var partition = 0; partition < ReadingFixture.Partitions; partition++)
        {
            var key = Enumerable.Range(0, int.MaxValue).Select(number => $"marker-{number}")
                .First(candidate => PartitionOf(fixture, candidate) == partition);
            var position = (await fixture.WriteToAsync("archive", key, "marker"))[0];
            await silo.Client.GetGrain<IRewinderGrain>(fixture.Journal.Key(key)).RewindAsync(position.Offset, null);
        }

        await fixture.Journal.TakeAsync(ReadingFixture.Partitions);
    }

    private static (string First, string Second) TwoKeysOfOnePartition(ReadingFixture fixture)
    {
        var keys = Enumerable.Range(0, 100).Select(number => $"key-{number}").GroupBy(key => PartitionOf(fixture, key)).First(group => group.Count() > 1);
        return (keys.First(), keys.Skip(1).First());
    }

    private static int PartitionOf(ReadingFixture fixture, string key) =>
        Producing.ProducerFixture.PartitionOf(fixture.Journal.Key(key), ReadingFixture.Partitions);
}
