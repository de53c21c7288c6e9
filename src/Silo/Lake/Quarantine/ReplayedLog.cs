using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Options;
using Recoup.Silo.Lake.Scripts;
using Recoup.Silo.Settings;

namespace Recoup.Silo.Lake.Quarantine;

/// <summary>Looks into the log itself: where it ends, and whether a replay whose answer was lost is in it.</summary>
internal sealed class ReplayedLog(IOptions<KafkaOptions> kafka)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    /// <summary>For each partition the offset behind its last record.</summary>
    /// <exception cref="KafkaException">No broker answers.</exception>
    public Task<IReadOnlyDictionary<int, long>> EndsAsync(string topic, CancellationToken cancellation) => Task.Run(
        () =>
        {
            using var consumer = Open();
            return (IReadOnlyDictionary<int, long>)Ends(consumer, topic);
        },
        cancellation);

    /// <summary>Where these replays lie; those that are not in the log are missing.</summary>
    /// <exception cref="KafkaException">No broker answers.</exception>
    public Task<IReadOnlyDictionary<ReplayEntry, RecordAddress>> FindAsync(string topic, IReadOnlyList<ReplayEntry> intended, CancellationToken cancellation) =>
        Task.Run<IReadOnlyDictionary<ReplayEntry, RecordAddress>>(() => Find(topic, intended, cancellation), cancellation);

    private Dictionary<ReplayEntry, RecordAddress> Find(string topic, IReadOnlyList<ReplayEntry> intended, CancellationToken cancellation)
    {
        using var consumer = Open();
        var ends = Ends(consumer, topic);
        var open = ends.ToDictionary(end => end.Key, end => (From: From(consumer, topic, end.Key, intended), To: end.Value))
            .Where(range => range.Value.From < range.Value.To).ToDictionary();
        var wanted = intended.ToDictionary(entry => (entry.Original.ToString(), entry.Attempt.ToString(CultureInfo.InvariantCulture)));
        var found = new Dictionary<ReplayEntry, RecordAddress>();
        consumer.Assign(open.Select(range => new TopicPartitionOffset(topic, range.Key, range.Value.From)));
        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            if (consumer.Consume(AnswerTimeout) is not { } record)
            {
                throw new KafkaException(new Error(Confluent.Kafka.ErrorCode.Local_TimedOut, $"nothing of {topic} came for {AnswerTimeout.TotalSeconds:0} s"));
            }

            if (!record.IsPartitionEOF && wanted.TryGetValue((Header(record, ReplayHeaders.ReplayOf), Header(record, ReplayHeaders.Attempt)), out var entry))
            {
                found.TryAdd(entry, new RecordAddress(topic, record.Partition.Value, record.Offset.Value));
            }

            if (open.TryGetValue(record.Partition.Value, out var range) && (record.IsPartitionEOF || record.Offset.Value >= range.To - 1))
            {
                open.Remove(record.Partition.Value);
                consumer.Pause([record.TopicPartition]);
            }
        }

        return found;
    }

    /// <summary>What the log no longer holds cannot be looked through: then the same record is published once more, under the same event id.</summary>
    private static long From(IConsumer<byte[]?, byte[]?> consumer, string topic, int partition, IReadOnlyList<ReplayEntry> intended) => Math.Max(
        consumer.QueryWatermarkOffsets(new TopicPartition(topic, partition), AnswerTimeout).Low.Value,
        intended.Min(entry => entry.LogEnds.GetValueOrDefault(partition)));

    private static Dictionary<int, long> Ends(IConsumer<byte[]?, byte[]?> consumer, string topic)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        return admin.GetMetadata(topic, AnswerTimeout).Topics.Single().Partitions.ToDictionary(
            partition => partition.PartitionId,
            partition => consumer.QueryWatermarkOffsets(new TopicPartition(topic, partition.PartitionId), AnswerTimeout).High.Value);
    }

    private static string Header(ConsumeResult<byte[]?, byte[]?> record, string name) =>
        record.Message.Headers?.TryGetLastBytes(name, out var bytes) == true && bytes is not null ? Encoding.UTF8.GetString(bytes) : "";

    private IConsumer<byte[]?, byte[]?> Open() => new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig(ClientSettings.Of(kafka.Value))
    {
        GroupId = "recoup-replays",
        EnableAutoCommit = false,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        EnablePartitionEof = true,
        AllowAutoCreateTopics = false,
    }).SetErrorHandler(static (_, _) => { }).Build();
}
