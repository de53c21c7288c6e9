using Confluent.Kafka;
using Recoup.Client.CommandLine;

namespace Recoup.Client.Events;

/// <summary>Reads the event log with a plain Kafka client that belongs to no group: looking changes nothing.</summary>
internal sealed class EventLog : IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly IConsumer<byte[]?, byte[]?> consumer;
    private readonly string servers;

    private EventLog(IConsumer<byte[]?, byte[]?> consumer, string servers)
    {
        this.consumer = consumer;
        this.servers = servers;
    }

    /// <param name="servers"><c>host:port</c>, several separated by commas.</param>
    /// <param name="groupId">Whose committed offsets <see cref="Lag"/> looks at; nothing is ever committed here.</param>
    /// <param name="settings">Further settings of the client, by librdkafka's names.</param>
    public static EventLog Open(string servers, string groupId, IReadOnlyDictionary<string, string> settings)
    {
        var config = new ConsumerConfig(settings.ToDictionary(StringComparer.Ordinal))
        {
            BootstrapServers = servers,
            GroupId = groupId,
            EnableAutoCommit = false,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnablePartitionEof = true,
            AllowAutoCreateTopics = false,
        };

        // Errors come out of the calls; librdkafka's own lines would tear the screen.
        return new(new ConsumerBuilder<byte[]?, byte[]?>(config).SetLogHandler(static (_, _) => { }).SetErrorHandler(static (_, _) => { }).Build(), servers);
    }

    /// <summary>Reads from the start given on, until the end of every partition as it is when it is reached, or for ever.</summary>
    /// <exception cref="CommandFailedException">No broker answers, or a topic is not there.</exception>
    public IEnumerable<LoggedEvent> Read(IReadOnlyCollection<string> topics, EventStart start, bool follow, CancellationToken cancellationToken)
    {
        var from = Answered(() => start.Resolve(consumer, Partitions(topics), AnswerTimeout));
        consumer.Assign(from);
        var unfinished = from.Select(partition => partition.TopicPartition).ToHashSet();
        while (follow || unfinished.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var record = Answered(() => consumer.Consume(Poll));
            if (record is null)
            {
                continue;
            }

            if (record.IsPartitionEOF)
            {
                unfinished.Remove(record.TopicPartition);
                continue;
            }

            yield return LoggedEvent.Of(record);
        }
    }

    /// <summary>Records of a topic that the group has not delivered yet.</summary>
    public long Lag(string topic) => Answered(() =>
    {
        var committed = consumer.Committed(Partitions([topic]), AnswerTimeout);
        return committed.Sum(partition =>
        {
            var ends = consumer.QueryWatermarkOffsets(partition.TopicPartition, AnswerTimeout);
            return ends.High.Value - (partition.Offset.IsSpecial ? ends.Low.Value : partition.Offset.Value);
        });
    });

    /// <summary>How many records a topic holds: what came since its oldest one.</summary>
    public long Count(string topic) => Answered(() => Partitions([topic]).Sum(partition =>
    {
        var ends = consumer.QueryWatermarkOffsets(partition, AnswerTimeout);
        return ends.High.Value - ends.Low.Value;
    }));

    public void Dispose()
    {
        consumer.Close();
        consumer.Dispose();
    }

    private List<TopicPartition> Partitions(IReadOnlyCollection<string> topics)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var known = admin.GetMetadata(AnswerTimeout).Topics.ToDictionary(topic => topic.Topic, StringComparer.Ordinal);
        return [.. topics.SelectMany(topic => known.TryGetValue(topic, out var found)
            ? found.Partitions.Select(partition => new TopicPartition(topic, partition.PartitionId))
            : throw new CommandFailedException(
                $"The broker at {servers} has no topic {topic}.", $"It has: {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}."))];
    }

    private T Answered<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (KafkaException failure)
        {
            throw new CommandFailedException(
                $"No Kafka broker answers at {servers}: {failure.Error.Reason}.",
                "Start the silo (dotnet run --project src/Silo, or demo --serve), or name the brokers with --kafka host:port.",
                failure);
        }
    }
}
