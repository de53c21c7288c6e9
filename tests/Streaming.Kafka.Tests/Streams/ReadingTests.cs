using System.Globalization;
using Recoup.Streaming.Kafka.Consuming;
using Recoup.Streaming.Kafka.Producing;
using Recoup.Streaming.Kafka.Records;
using Recoup.Streaming.Kafka.Tests.Clusters;

namespace Recoup.Streaming.Kafka.Tests.Streams;

[TestClass]
public sealed class ReadingTests
{
    [TestMethod]
    public async Task Records_WrittenByAnybody_ReachTheGrainOfTheirKeyInOrder()
    {
        await using var fixture = new ReadingFixture();
        await fixture.WriteAsync("a", [.. Numbers(0, 20)]);
        await using var silo = await fixture.StartSilosAsync();

        await fixture.WriteAsync("b", [.. Numbers(0, 20)]);
        await fixture.WriteAsync("a", [.. Numbers(20, 20)]);

        var entries = await fixture.Journal.TakeAsync(60);
        CollectionAssert.AreEqual(Numbers(0, 40).ToArray(), entries.Where(entry => entry.Key == "a").Select(entry => entry.Text).ToArray());
        CollectionAssert.AreEqual(Numbers(0, 20).ToArray(), entries.Where(entry => entry.Key == "b").Select(entry => entry.Text).ToArray());
    }

    [TestMethod]
    public async Task PoisonRecord_BetweenGoodOnes_GoesToTheDeadLettersAndHoldsUpNothing()
    {
        await using var fixture = new ReadingFixture();
        await using var silo = await fixture.StartSilosAsync();

        await fixture.WriteAsync("a", "before");
        var poison = await fixture.Producer.PublishAsync(
            new KafkaMessage("notes", fixture.Journal.Key("a"), "{\"text\":"u8.ToArray(), new KafkaHeader("event-type", "note")));
        await fixture.WriteAsync("a", "after");

        CollectionAssert.AreEqual(new[] { "before", "after" }, (await fixture.Journal.TakeAsync(2)).Select(entry => entry.Text).ToArray());
        var letter = ClientRecords.ToRecord(LogReader.Read(fixture.BootstrapServers, "dead", 1, 1)[0].Message);
        CollectionAssert.AreEqual("{\"text\":"u8.ToArray(), letter.Value);
        Assert.AreEqual(fixture.Journal.Key("a"), LogReader.Text(letter.Key));
        Assert.AreEqual("note", letter.Header("event-type"));
        Assert.AreEqual(DeadLetters.NotReadable, letter.Header(DeadLetterHeaders.Kind));
        StringAssert.StartsWith(letter.Header(DeadLetterHeaders.Reason), "The value is not the JSON of NoteWritten");
        Assert.AreEqual("notes", letter.Header(DeadLetterHeaders.Topic));
        Assert.AreEqual(poison.Partition.ToString(CultureInfo.InvariantCulture), letter.Header(DeadLetterHeaders.Partition));
        Assert.AreEqual(poison.Offset.ToString(CultureInfo.InvariantCulture), letter.Header(DeadLetterHeaders.Offset));
    }

    [TestMethod]
    public async Task RefusedRecord_UntilTheAgentGivesUp_GoesToTheDeadLettersAndTheNextIsDelivered()
    {
        await using var fixture = new ReadingFixture();
        fixture.Journal.OnDelivery = entry => entry.Text == "bad" ? throw new InvalidOperationException("no") : Task.CompletedTask;
        await using var silo = await fixture.StartSilosAsync(
            configure: streams => streams.WithPullingAgents(agents => agents.MaxEventDeliveryTime = TimeSpan.FromMilliseconds(300)));

        var positions = await fixture.WriteAsync("a", "good", "bad", "next");

        CollectionAssert.AreEqual(new[] { "good", "next" }, (await fixture.Journal.TakeAsync(2)).Select(entry => entry.Text).ToArray());
        var letter = ClientRecords.ToRecord(LogReader.Read(fixture.BootstrapServers, "dead", 1, 1)[0].Message);
        Assert.AreEqual("{\"text\":\"bad\"}", LogReader.Text(letter.Value));
        Assert.AreEqual(DeadLetters.NotDelivered, letter.Header(DeadLetterHeaders.Kind));
        Assert.AreEqual(positions[1].Offset.ToString(CultureInfo.InvariantCulture), letter.Header(DeadLetterHeaders.Offset));
    }

    [TestMethod]
    public async Task Silo_StoppedAndStartedAgain_GoesOnWhereItWas()
    {
        await using var fixture = new ReadingFixture();
        await using (await fixture.StartSilosAsync())
        {
            await fixture.WriteAsync("a", [.. Numbers(0, 30)]);
            await fixture.Journal.TakeAsync(30);
        }

        await fixture.WriteAsync("a", "later");
        await using var again = await fixture.StartSilosAsync();

        Assert.AreEqual("later", (await fixture.Journal.TakeAsync(1))[0].Text);
    }

    [TestMethod]
    public async Task Silo_StoppedInTheMiddleOfADelivery_DeliversThatRecordAgain()
    {
        await using var fixture = new ReadingFixture();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Journal.OnDelivery = entry =>
        {
            if (entry.Text != "2")
            {
                return Task.CompletedTask;
            }

            reached.TrySetResult();
            throw new InvalidOperationException("not now");
        };
        await using (await fixture.StartSilosAsync())
        {
            await fixture.WriteAsync("a", "0", "1", "2", "3");
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        await fixture.Journal.TakeAsync(2);
        fixture.Journal.OnDelivery = static _ => Task.CompletedTask;
        await using var again = await fixture.StartSilosAsync();

        // Neither lost nor among the dead letters, although its delivery ended with an error. What came before it may come again.
        var texts = new List<string>();
        while (!texts.Contains("3"))
        {
            texts.Add((await fixture.Journal.TakeAsync(1))[0].Text);
        }

        CollectionAssert.AreEqual(new[] { "2", "3" }, texts.TakeLast(2).ToArray());
        Assert.AreEqual(0, LogReader.End(fixture.BootstrapServers, "dead", 0));
    }

    [TestMethod]
    public async Task CommittedOffset_BeyondTheLog_BeginsAtTheOldestRecord()
    {
        await using var fixture = new ReadingFixture();
        await fixture.WriteAsync("a", [.. Numbers(0, 5)]);
        using (var other = new ConsumerBuilder<Ignore, Ignore>(
            new ConsumerConfig { BootstrapServers = fixture.BootstrapServers, GroupId = "orleans", EnableAutoCommit = false }).Build())
        {
            other.Commit(Enumerable.Range(0, ReadingFixture.Partitions).Select(partition => new TopicPartitionOffset("notes", partition, 1_000)));
        }

        await using var silo = await fixture.StartSilosAsync();

        CollectionAssert.AreEqual(Numbers(0, 5).ToArray(), (await fixture.Journal.TakeAsync(5)).Select(entry => entry.Text).ToArray());
    }

    [TestMethod]
    public async Task Offset_LostWhileReading_BeginsAnewAndGoesOn()
    {
        await using var fixture = new ReadingFixture();
        using var kafka = new MockCluster();
        kafka.CreateTopic("notes", 1);
        kafka.CreateTopic("dead", 1);
        await using var silo = await fixture.StartSilosAsync(configure: streams => streams.WithOptions(options => options.BootstrapServers = kafka.BootstrapServers));
        await fixture.WriteToClusterAsync(kafka.BootstrapServers, "a", "0", "1");
        await fixture.Journal.TakeAsync(2);

        kafka.Fail(MockCluster.Api.Fetch, ErrorCode.OffsetOutOfRange);
        var again = await fixture.Journal.TakeAsync(2);
        await fixture.WriteToClusterAsync(kafka.BootstrapServers, "a", "2");

        CollectionAssert.AreEqual(new[] { "0", "1" }, again.Select(entry => entry.Text).ToArray(), "From the oldest record on.");
        Assert.AreEqual("2", (await fixture.Journal.TakeAsync(1))[0].Text);
    }

    internal static IEnumerable<string> Numbers(int first, int count) =>
        Enumerable.Range(first, count).Select(number => number.ToString(CultureInfo.InvariantCulture));
}
