using Confluent.Kafka;
using Recoup.Lakehouse.FlinkSql.Planning;

namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>
/// Reads a topic with the partitions assigned by hand, from the offsets that the tables hold. It never commits offsets to Kafka
/// and joins no group. Back-pressure is the client's: it fetches ahead a few megabytes and then waits until it is read.
/// </summary>
public sealed class KafkaRecordSource : IRecordSource
{
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MoreWait = TimeSpan.FromMilliseconds(5);

    private readonly KafkaSource source;
    private readonly IConsumer<byte[]?, byte[]?> consumer;
    private readonly Dictionary<int, long> positions = [];

    /// <param name="source">The table of the script; its <c>properties.*</c> go to the client.</param>
    /// <param name="settings">Settings that take the place of the script's: <c>bootstrap.servers</c>, security.</param>
    public KafkaRecordSource(KafkaSource source, IReadOnlyDictionary<string, string> settings)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(settings);
        this.source = source;
        var config = new ConsumerConfig(Merge(source, settings))
        {
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = AutoOffsetReset.Error,
            EnablePartitionEof = false,
            AllowAutoCreateTopics = false,
            QueuedMaxMessagesKbytes = 32 * 1024,
            FetchWaitMaxMs = 50,
        };
        consumer = new ConsumerBuilder<byte[]?, byte[]?>(config).SetErrorHandler((_, error) => fatal ??= error.IsFatal ? error : null).Build();
    }

    private Error? fatal;

    public long Lag => positions.Sum(position =>
    {
        var known = consumer.GetWatermarkOffsets(new TopicPartition(source.Topic, position.Key));
        return known.High == Offset.Unset ? 0 : Math.Max(0, known.High.Value - position.Value);
    });

    public void Assign(IReadOnlyDictionary<int, long> offsets)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var topic = admin.GetMetadata(source.Topic, MetadataTimeout).Topics.Single();
        if (topic.Error.IsError || topic.Partitions.Count == 0)
        {
            throw new RecordSourceException($"The topic {source.Topic} is not readable: {topic.Error.Reason}. Create it, or correct the broker's address.");
        }

        positions.Clear();
        foreach (var partition in topic.Partitions)
        {
            positions[partition.PartitionId] = offsets.TryGetValue(partition.PartitionId, out var offset) ? offset : Earliest(partition.PartitionId);
        }

        consumer.Assign(positions.Select(position => new TopicPartitionOffset(source.Topic, position.Key, position.Value)));
    }

    public IReadOnlyList<SourceRecord> Read(int most, TimeSpan longest, CancellationToken cancellation)
    {
        var records = new List<SourceRecord>();
        var wait = longest;
        while (records.Count < most)
        {
            cancellation.ThrowIfCancellationRequested();
            var result = Consume(wait);
            if (result is null)
            {
                break;
            }

            positions[result.Partition.Value] = result.Offset.Value + 1;
            records.Add(new SourceRecord(
                result.Partition.Value, result.Offset.Value, new DateTimeOffset(result.Message.Timestamp.UtcDateTime), result.Message.Key, result.Message.Value));
            wait = longest < MoreWait ? longest : MoreWait;
        }

        return records;
    }

    public void Dispose()
    {
        consumer.Close();
        consumer.Dispose();
    }

    internal static Dictionary<string, string> Merge(KafkaSource source, IReadOnlyDictionary<string, string> settings)
    {
        const string Prefix = "properties.";
        var merged = source.Options.Where(option => option.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(option => option.Key[Prefix.Length..], option => option.Value, StringComparer.Ordinal);
        foreach (var (key, value) in settings)
        {
            merged[key] = value;
        }

        return merged;
    }

    private long Earliest(int partition) => consumer.QueryWatermarkOffsets(new TopicPartition(source.Topic, partition), MetadataTimeout).Low.Value;

    private ConsumeResult<byte[]?, byte[]?>? Consume(TimeSpan wait)
    {
        try
        {
            return fatal is null ? consumer.Consume(wait) : throw new RecordSourceException($"The Kafka client has failed: {fatal.Reason}");
        }
        catch (ConsumeException failure) when (failure.Error.Code is ErrorCode.OffsetOutOfRange or ErrorCode.Local_AutoOffsetReset)
        {
            throw new RecordSourceException(
                $"{source.Topic} no longer holds the record that comes next ({failure.Error.Reason}): its retention is shorter than this reader was away. Set the table's offset by hand to go on with a hole.", failure);
        }
    }
}
