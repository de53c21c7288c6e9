using System.Diagnostics;
using Orleans.Streams;
using Recoup.Streaming.Kafka.Hosting;
using Recoup.Streaming.Kafka.Producing;
using Recoup.Streaming.Kafka.Records;
using Recoup.Streaming.Kafka.Tests.Clusters;

namespace Recoup.Streaming.Kafka.Tests.Streams;

[TestClass]
public sealed class PublishingTests
{
    [TestMethod]
    public async Task OnNextAsync_FromAGrain_IsAPlainRecordUnderTheStreamsKey()
    {
        using var kafka = new MockCluster();
        kafka.CreateTopic("notes", 4);
        await using var silo = await StartAsync(kafka, streams => streams.AddTopic<NoteWritten>("notes"));

        await silo.Client.GetGrain<IPublisherGrain>("note-1").PublishAsync(["one", "two"]);

        var records = LogReader.Read(kafka.BootstrapServers, "notes", 4, 2);
        CollectionAssert.AreEqual(
            new[] { "{\"text\":\"one\"}", "{\"text\":\"two\"}" }, records.Select(record => LogReader.Text(record.Message.Value)).ToArray());
        foreach (var record in records)
        {
            Assert.AreEqual("note-1", LogReader.Text(record.Message.Key));
            Assert.AreEqual(Murmur2.PartitionOf("note-1"u8, 4), record.Partition.Value);
            Assert.AreEqual(nameof(NoteWritten), Header(record, HeaderNames.EventType));
            Assert.AreEqual("1", Header(record, HeaderNames.SchemaVersion));
        }
    }

    [TestMethod]
    public async Task OnNextAsync_WithATrace_CarriesItInTheHeader()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Recoup.Streaming.Kafka",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        using var kafka = new MockCluster();
        kafka.CreateTopic("notes", 1);
        await using var silo = await StartAsync(kafka, streams => streams.AddTopic<NoteWritten>("notes"));

        await silo.Client.GetGrain<IPublisherGrain>("note-1").PublishAsync(["one"]);

        var header = Header(LogReader.Read(kafka.BootstrapServers, "notes", 1, 1)[0], HeaderNames.TraceParent);
        Assert.IsTrue(ActivityContext.TryParse(header, null, out _), header);
    }

    [TestMethod]
    public async Task OnNextAsync_BytesAsTheyCame_AreNotTouched()
    {
        using var kafka = new MockCluster();
        kafka.CreateTopic("hooks", 1);
        await using var silo = await StartAsync(kafka, streams => streams.AddTopic<KafkaRecord>("hooks"));
        byte[] bytes = [0x00, 0xFF, 0x7B, 0x20, 0xC3, 0x28];

        await silo.Client.GetGrain<IPublisherGrain>("evt_1").PublishBytesAsync(bytes);

        var record = LogReader.Read(kafka.BootstrapServers, "hooks", 1, 1)[0];
        CollectionAssert.AreEqual(bytes, record.Message.Value);
        Assert.AreEqual("evt_1", LogReader.Text(record.Message.Key));
    }

    [TestMethod]
    public async Task OnNextAsync_NamespaceWithoutATopic_SaysHowToAddOne()
    {
        using var kafka = new MockCluster();
        kafka.CreateTopic("notes", 1);
        await using var silo = await StartAsync(kafka, streams => streams.AddTopic<NoteWritten>("others"));

        var exception = await Assert.ThrowsExactlyAsync<InvalidOperationException>(
            () => silo.Client.GetGrain<IPublisherGrain>("note-1").PublishAsync(["one"]));

        StringAssert.Contains(exception.Message, "AddTopic<TEvent>(\"notes\")");
    }

    [TestMethod]
    public async Task OnNextAsync_FromAClient_ReachesTheTopicOfAnotherName()
    {
        using var kafka = new MockCluster();
        kafka.CreateTopic("company.notes.v1", 2);
        void Configure(KafkaStreamsBuilder streams) => streams
            .WithOptions(options => (options.BootstrapServers, options.Direction) = (kafka.BootstrapServers, StreamProviderDirection.WriteOnly))
            .AddTopic<NoteWritten>("notes", topic => topic.Topic = "company.notes.v1");
        await using var silo = await SiloFixture.StartAsync(
            silo => Configure(silo.AddKafka(SiloFixture.Provider)), configureClient: client => Configure(client.AddKafka(SiloFixture.Provider)));

        var stream = silo.Client.GetStreamProvider(SiloFixture.Provider).GetStream<NoteWritten>(StreamId.Create("notes", "note-1"));
        await stream.OnNextAsync(new NoteWritten("one"));

        Assert.AreEqual("note-1", LogReader.Text(LogReader.Read(kafka.BootstrapServers, "company.notes.v1", 2, 1)[0].Message.Key));
    }

    private static Task<SiloFixture> StartAsync(MockCluster kafka, Action<KafkaStreamsBuilder> configure) => SiloFixture.StartAsync(silo => configure(
        silo.AddKafka(SiloFixture.Provider).WithOptions(
            options => (options.BootstrapServers, options.Direction) = (kafka.BootstrapServers, StreamProviderDirection.WriteOnly))));

    private static string? Header(ConsumeResult<byte[]?, byte[]?> record, string name) =>
        record.Message.Headers.TryGetLastBytes(name, out var bytes) ? LogReader.Text(bytes) : null;
}
