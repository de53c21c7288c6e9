using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Streams;
using Recoup.Embedded.Kafka.Hosting;
using Recoup.Streaming.Kafka.Hosting;
using Recoup.Streaming.Kafka.Producing;
using Recoup.Streaming.Kafka.Telemetry;
using Recoup.Streaming.Kafka.Tests.Clusters;

namespace Recoup.Streaming.Kafka.Tests.Streams;

/// <summary>A broker with the topics <c>notes</c> and <c>dead</c>, somebody who writes to it from outside, and silos that read.</summary>
internal sealed class ReadingFixture : IAsyncDisposable
{
    private readonly KafkaMeter meter = new();
    private readonly KafkaProducer producer;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("recoup-streaming-");
    private readonly EmbeddedKafkaServer kafka;

    public ReadingFixture()
    {
        kafka = EmbeddedKafkaServer.Start(new EmbeddedKafkaOptions
        {
            DataFolder = folder.FullName,
            Port = 0,
            AutoCreateTopics = false,
            Topics = { ["notes"] = Partitions, ["archive"] = Partitions, ["dead"] = 1 },
        });
        BootstrapServers = kafka.Address;
        var options = new KafkaProducerOptions { BootstrapServers = BootstrapServers };
        producer = new KafkaProducer("outside", options, meter, NullLogger<KafkaProducer>.Instance);
    }

    public const int Partitions = 4;

    public Journal Journal { get; } = Journal.Create();

    public string BootstrapServers { get; }

    public IKafkaProducer Producer => producer;

    public Task<SiloFixture> StartSilosAsync(short silos = 1, Action<KafkaStreamsBuilder>? configure = null) => SiloFixture.StartAsync(
        silo =>
        {
            var streams = silo.AddKafka(SiloFixture.Provider)
                .WithOptions(options =>
                {
                    options.BootstrapServers = BootstrapServers;
                    options.DeadLetterTopic = "dead";
                    options.CommitInterval = TimeSpan.FromMilliseconds(50);
                })
                .AddTopic<NoteWritten>("notes");
            configure?.Invoke(streams);
        },
        silos);

    public Task<SiloFixture> StartSilosWithArchiveAsync() => SiloFixture.StartAsync(silo =>
    {
        silo.AddMemoryGrainStorage("PubSubStore");
        silo.AddKafka(SiloFixture.Provider, StreamPubSubType.ExplicitGrainBasedAndImplicit)
            .WithOptions(options => (options.BootstrapServers, options.DeadLetterTopic) = (BootstrapServers, "dead"))
            .AddTopic<NoteWritten>("archive");
    });

    /// <summary>Writes as somebody who knows nothing of Orleans: plain JSON under a key.</summary>
    public Task<IReadOnlyList<RecordPosition>> WriteAsync(string key, params string[] texts) => WriteToAsync("notes", key, texts);

    public async Task<IReadOnlyList<RecordPosition>> WriteToAsync(string topic, string key, params string[] texts) => await producer.PublishAsync(
        [.. texts.Select(text => new KafkaMessage(topic, Journal.Key(key), Encoding.UTF8.GetBytes($$"""{"text":"{{text}}"}""")))]);

    /// <summary>Writes to another cluster than the fixture's, whose topic has one partition.</summary>
    public async Task WriteToClusterAsync(string brokers, string key, params string[] texts)
    {
        using var other = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = brokers }).Build();
        foreach (var text in texts)
        {
            await other.ProduceAsync(new TopicPartition("notes", 0), new Message<string, string> { Key = Journal.Key(key), Value = $$"""{"text":"{{text}}"}""" });
        }
    }

    public async ValueTask DisposeAsync()
    {
        producer.Dispose();
        meter.Dispose();
        await kafka.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
