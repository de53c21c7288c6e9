using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Recoup.Platform.Bench.Watching;

/// <summary>What the log holds, by place: when each record was sent, and whose it is. One thread adds; the lists are read when it has stopped.</summary>
internal sealed class LogIndex
{
    private readonly ConcurrentDictionary<TopicPartition, List<(long SentMs, Origin Origin)>> places = new();
    private long own;

    /// <summary>Records of Recoup's own so far.</summary>
    public long Own => Interlocked.Read(ref own);

    /// <summary>What the validation should say of each bad record, as <c>topic/partition/offset</c>.</summary>
    public ConcurrentDictionary<string, string> BadReasons { get; } = new(StringComparer.Ordinal);

    public IEnumerable<TopicPartition> Partitions => places.Keys;

    public static string Address(string topic, int partition, long offset) => FormattableString.Invariant($"{topic}/{partition}/{offset}");

    public void Add(TopicPartitionOffset place, DateTimeOffset sentAt, Origin origin, string? reasons)
    {
        var records = places.GetOrAdd(place.TopicPartition, _ => []);
        if (place.Offset.Value != records.Count)
        {
            throw new InvalidOperationException($"{place} follows offset {records.Count - 1}: the log has a gap.");
        }

        records.Add((sentAt.ToUnixTimeMilliseconds(), origin));
        if (reasons is not null)
        {
            BadReasons[Address(place.Topic, place.Partition.Value, place.Offset.Value)] = reasons;
        }

        if (origin is Origin.Recoup)
        {
            Interlocked.Increment(ref own);
        }
    }

    public IReadOnlyList<(long SentMs, Origin Origin)> Records(TopicPartition partition) => places.GetValueOrDefault(partition) ?? [];
}
