using System.Globalization;
using System.Text;
using Recoup.Streaming.Kafka.Producing;
using Recoup.Streaming.Kafka.Records;
using Recoup.Streaming.Kafka.Tests.Clusters;
using static Recoup.Streaming.Kafka.Tests.Producing.ProducerFixture;

namespace Recoup.Streaming.Kafka.Tests.Producing;

[TestClass]
public sealed class KafkaProducerTests
{
    [TestMethod]
    public async Task PublishAsync_OneRecord_IsInTheLogWithKeyValueAndHeadersWhenItReturns()
    {
        using var fixture = new ProducerFixture();

        var position = await fixture.Producer.PublishAsync(new KafkaMessage(
            "events", "pay_1", "{\"a\":1}"u8.ToArray(), new KafkaHeader("event-type", "charge.failed"), new KafkaHeader("empty", (byte[]?)null)));

        Assert.AreEqual(Murmur2.PartitionOf("pay_1"u8, 4), position.Partition);
        var record = LogReader.Read(fixture.Cluster.BootstrapServers, "events", 4, 1)[0];
        Assert.AreEqual(position, new RecordPosition(record.Topic, record.Partition, record.Offset));
        Assert.AreEqual("pay_1", LogReader.Text(record.Message.Key));
        Assert.AreEqual("{\"a\":1}", LogReader.Text(record.Message.Value));
        Assert.AreEqual("charge.failed", Encoding.UTF8.GetString(record.Message.Headers.GetLastBytes("event-type")));
        Assert.IsNull(record.Message.Headers.GetLastBytes("empty"));
    }

    [TestMethod]
    public async Task PublishAsync_Tombstone_KeepsTheNullValue()
    {
        using var fixture = new ProducerFixture();

        await fixture.Producer.PublishAsync(new KafkaMessage("events", new KafkaRecord { Key = "k"u8.ToArray(), Value = null }));

        Assert.IsNull(LogReader.Read(fixture.Cluster.BootstrapServers, "events", 4, 1)[0].Message.Value);
    }

    [TestMethod]
    public async Task PublishAsync_ManyWithoutWaitingAndLittleRoom_KeepsTheOrderOfEachKey()
    {
        // Room for 3 records: nearly all of the 600 wait in the lane.
        using var fixture = new ProducerFixture(options => options.InFlightMax = 3);

        await Task.WhenAll(Enumerable.Range(0, 600).Select(number =>
            fixture.Producer.PublishAsync(Message($"key-{number % 7}", number.ToString(CultureInfo.InvariantCulture)))));

        var byKey = LogReader.Read(fixture.Cluster.BootstrapServers, "events", 4, 600)
            .GroupBy(record => LogReader.Text(record.Message.Key))
            .ToList();
        Assert.HasCount(7, byKey);
        foreach (var records in byKey)
        {
            var numbers = records.Select(record => int.Parse(LogReader.Text(record.Message.Value)!, CultureInfo.InvariantCulture)).ToArray();
            CollectionAssert.AreEqual(numbers.Order().ToArray(), numbers, $"Key {records.Key} lost its order.");
        }
    }

    [TestMethod]
    public async Task PublishAsync_BrokerRefusesForAWhile_DeliversOnceAndInOrder()
    {
        using var fixture = new ProducerFixture();
        fixture.Cluster.Fail(
            MockCluster.Api.Produce, ErrorCode.NotLeaderForPartition, ErrorCode.RequestTimedOut, ErrorCode.NotEnoughReplicas, ErrorCode.LeaderNotAvailable);

        await fixture.Producer.PublishAsync([.. Enumerable.Range(0, 50).Select(number => Message("one", number.ToString(CultureInfo.InvariantCulture)))]);

        var values = LogReader.Read(fixture.Cluster.BootstrapServers, "events", 4, 50).Select(record => LogReader.Text(record.Message.Value)).ToArray();
        CollectionAssert.AreEqual(Enumerable.Range(0, 50).Select(number => number.ToString(CultureInfo.InvariantCulture)).ToArray(), values);
    }

    [TestMethod]
    public async Task PublishAsync_RecordRefusedForGood_SaysWhichAndWhy()
    {
        using var fixture = new ProducerFixture();
        await fixture.Producer.PublishAsync(Message("first"));
        fixture.Cluster.Fail(MockCluster.Api.Produce, ErrorCode.TopicAuthorizationFailed);

        var exception = await Assert.ThrowsExactlyAsync<KafkaPublishException>(() => fixture.Producer.PublishAsync(Message("second")));

        Assert.AreEqual(nameof(ErrorCode.TopicAuthorizationFailed), exception.Failures[0].Code);
        Assert.IsFalse(exception.Failures[0].MayBeInLog);
        StringAssert.Contains(exception.Message, "events");
    }

    [TestMethod]
    public async Task PublishAsync_NoBrokerAnswers_FailsAfterTheDeliveryTimeoutAndGoesOnLater()
    {
        using var fixture = new ProducerFixture(options => options.DeliveryTimeout = TimeSpan.FromSeconds(1));
        await fixture.Producer.PublishAsync(Message("first"));
        fixture.Cluster.StopAnswering();

        var exception = await Assert.ThrowsExactlyAsync<KafkaPublishException>(() => fixture.Producer.PublishAsync([Message("a"), Message("b")]));
        fixture.Cluster.Answer();

        CollectionAssert.AreEqual(new[] { 0, 1 }, exception.Failures.Select(failure => failure.Index).ToArray());
        Assert.AreEqual(nameof(ErrorCode.Local_MsgTimedOut), exception.Failures[0].Code);
        await PublishUntilAcknowledgedAsync(fixture.Producer, Message("later"));
    }

    [TestMethod]
    public async Task PublishAsync_BrokersNeverThere_SaysWhereItLookedAndForHowLong()
    {
        using var fixture = new ProducerFixture(options =>
        {
            options.BootstrapServers = "127.0.0.1:1";
            options.DeliveryTimeout = TimeSpan.FromSeconds(1);
        });

        var exception = await Assert.ThrowsExactlyAsync<KafkaPublishException>(() => fixture.Producer.PublishAsync(Message("a")));

        StringAssert.Contains(exception.Message, "127.0.0.1:1");
        Assert.IsFalse(exception.Failures[0].MayBeInLog);
    }

    [TestMethod]
    public async Task PublishAsync_RecordTooLarge_IsRefusedBeforeAnythingOfTheBatchIsSent()
    {
        using var fixture = new ProducerFixture(options => options.RecordBytesMax = 1_000);

        var exception = await Assert.ThrowsExactlyAsync<KafkaPublishException>(
            () => fixture.Producer.PublishAsync([Message("small"), Message("large", new string('x', 2_000))]));
        await fixture.Producer.PublishAsync(Message("after"));

        StringAssert.Contains(exception.Message, "RecordBytesMax");
        Assert.AreEqual("after", LogReader.Text(LogReader.Read(fixture.Cluster.BootstrapServers, "events", 4, 1)[0].Message.Key));
    }

    [TestMethod]
    public async Task PublishAsync_CancelledWhileItWaits_IsNotSent()
    {
        using var fixture = new ProducerFixture(options => options.InFlightMax = 1);
        await fixture.Producer.PublishAsync(Message("first"));
        fixture.Cluster.SetRoundTrip(TimeSpan.FromMilliseconds(500));
        var inFlight = fixture.Producer.PublishAsync(Message("second"));
        using var cancellation = new CancellationTokenSource();
        var waiting = fixture.Producer.PublishAsync(Message("third"), cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsExactlyAsync<TaskCanceledException>(() => waiting);
        await inFlight;
        await fixture.Producer.PublishAsync(Message("fourth"));
        var keys = LogReader.Read(fixture.Cluster.BootstrapServers, "events", 4, 3).Select(record => LogReader.Text(record.Message.Key)).Order().ToArray();
        CollectionAssert.AreEqual(new[] { "first", "fourth", "second" }, keys);
    }

    [TestMethod]
    public async Task PublishAsync_ClientIsFatallyIllThenReplaced_GoesOn()
    {
        // An idempotent client that is refused a producer id can never send: for it that is fatal.
        using var fixture = new ProducerFixture(
            prepare: static cluster => cluster.Fail(MockCluster.Api.InitProducerId, ErrorCode.ClusterAuthorizationFailed));

        await PublishUntilAcknowledgedAsync(fixture.Producer, Message("first"));
    }

    [TestMethod]
    public async Task Dispose_RecordsInFlight_AreAcknowledgedFirst()
    {
        var fixture = new ProducerFixture();
        await fixture.Producer.PublishAsync(Message("first"));
        fixture.Cluster.SetRoundTrip(TimeSpan.FromMilliseconds(200));
        var inFlight = fixture.Producer.PublishAsync(Message("second"));

        fixture.Dispose();

        Assert.AreEqual(Murmur2.PartitionOf("second"u8, 4), (await inFlight).Partition);
        Assert.ThrowsExactly<ObjectDisposedException>(() => fixture.Producer.PublishAsync(Message("third")).GetAwaiter().GetResult());
    }

    /// <summary>As an outbox does: again until it is acknowledged.</summary>
    private static async Task PublishUntilAcknowledgedAsync(IKafkaProducer producer, KafkaMessage message)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await producer.PublishAsync(message);
                return;
            }
            catch (KafkaPublishException) when (attempt < 20)
            {
            }
        }
    }
}
