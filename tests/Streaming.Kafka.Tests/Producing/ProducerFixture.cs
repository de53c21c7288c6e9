using Microsoft.Extensions.Logging.Abstractions;
using Recoup.Streaming.Kafka.Producing;
using Recoup.Streaming.Kafka.Telemetry;
using Recoup.Streaming.Kafka.Tests.Clusters;

namespace Recoup.Streaming.Kafka.Tests.Producing;

/// <summary>A producer on a mock cluster.</summary>
internal sealed class ProducerFixture : IDisposable
{
    private readonly KafkaMeter meter = new();
    private readonly KafkaProducer producer;

    public ProducerFixture(Action<KafkaProducerOptions>? configure = null, Action<MockCluster>? prepare = null)
    {
        Cluster = new MockCluster();
        prepare?.Invoke(Cluster);
        Cluster.CreateTopic("events", 4);
        var options = new KafkaProducerOptions { BootstrapServers = Cluster.BootstrapServers, DeliveryTimeout = TimeSpan.FromSeconds(20) };
        configure?.Invoke(options);
        producer = new KafkaProducer("test", options, meter, NullLogger<KafkaProducer>.Instance);
    }

    public MockCluster Cluster { get; }

    public IKafkaProducer Producer => producer;

    public static KafkaMessage Message(string key, string value = "{}") => new("events", key, System.Text.Encoding.UTF8.GetBytes(value));

    public static int PartitionOf(string key, int partitions) => Murmur2.PartitionOf(System.Text.Encoding.UTF8.GetBytes(key), partitions);

    public void Dispose()
    {
        producer.Dispose();
        meter.Dispose();
        Cluster.Dispose();
    }
}
