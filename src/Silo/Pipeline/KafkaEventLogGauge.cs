using Confluent.Kafka;
using Recoup.Pipeline.Monitors;
using Recoup.Silo.Settings;

namespace Recoup.Silo.Pipeline;

/// <summary>Asks the brokers with a client that belongs to no group: looking changes nothing. It connects when it is asked first.</summary>
internal sealed class KafkaEventLogGauge(KafkaOptions kafka) : IEventLogGauge, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lazy<IConsumer<Ignore, Ignore>> consumer = new(() => Connect(kafka));

    /// <exception cref="KafkaException">No broker answers.</exception>
    public Task<IReadOnlyList<LogEnd>> ReadEndsAsync(IReadOnlyList<string> topics, CancellationToken cancellation)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Value.Handle).Build();
        List<LogEnd> ends = [];
        foreach (var topic in admin.GetMetadata(Patience).Topics.Where(topic => topics.Contains(topic.Topic)))
        {
            foreach (var partition in topic.Partitions)
            {
                cancellation.ThrowIfCancellationRequested();
                var offsets = consumer.Value.QueryWatermarkOffsets(new TopicPartition(topic.Topic, partition.PartitionId), Patience);
                ends.Add(new LogEnd(topic.Topic, partition.PartitionId, offsets.Low.Value, offsets.High.Value));
            }
        }

        return Task.FromResult<IReadOnlyList<LogEnd>>(ends);
    }

    public void Dispose()
    {
        if (consumer.IsValueCreated)
        {
            consumer.Value.Dispose();
        }
    }

    private static IConsumer<Ignore, Ignore> Connect(KafkaOptions kafka)
    {
        var config = new ConsumerConfig(kafka.Client.ToDictionary(StringComparer.Ordinal))
        {
            BootstrapServers = kafka.TargetServers,
            GroupId = "recoup-pipeline",
            EnableAutoCommit = false,
            AllowAutoCreateTopics = false,
        };

        // Errors come out of the calls.
        return new ConsumerBuilder<Ignore, Ignore>(config).SetLogHandler(static (_, _) => { }).SetErrorHandler(static (_, _) => { }).Build();
    }
}
