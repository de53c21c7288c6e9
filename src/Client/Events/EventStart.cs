using System.Globalization;
using Confluent.Kafka;

namespace Recoup.Client.Events;

/// <summary>Where reading begins: at the oldest record, at what comes from now on, or at a time.</summary>
internal abstract record EventStart
{
    public static readonly EventStart Beginning = new AtOffset(Offset.Beginning);
    public static readonly EventStart End = new AtOffset(Offset.End);

    /// <summary>Reads <c>beginning</c>, <c>now</c>, a time (ISO 8601 with offset or Z) or how long ago (<c>15m</c>, <c>2h</c>, <c>3d</c>); null: none of them.</summary>
    public static EventStart? Parse(string text, DateTimeOffset now)
    {
        if (text == "beginning")
        {
            return Beginning;
        }

        if (text == "now")
        {
            return End;
        }

        if (Ago(text) is { } ago)
        {
            return new AtTime(now - ago);
        }

        return text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new AtTime(time)
            : null;
    }

    public abstract List<TopicPartitionOffset> Resolve(IConsumer<byte[]?, byte[]?> consumer, List<TopicPartition> partitions, TimeSpan timeout);

    private static TimeSpan? Ago(string text) =>
        text.Length > 1 && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count < 100_000
            ? text[^1] switch
            {
                's' => TimeSpan.FromSeconds(count),
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(count),
                'd' => TimeSpan.FromDays(count),
                _ => null,
            }
            : null;

    private sealed record AtOffset(Offset Offset) : EventStart
    {
        public override List<TopicPartitionOffset> Resolve(IConsumer<byte[]?, byte[]?> consumer, List<TopicPartition> partitions, TimeSpan timeout) =>
            [.. partitions.Select(partition => new TopicPartitionOffset(partition, Offset))];
    }

    private sealed record AtTime(DateTimeOffset Time) : EventStart
    {
        public override List<TopicPartitionOffset> Resolve(IConsumer<byte[]?, byte[]?> consumer, List<TopicPartition> partitions, TimeSpan timeout) =>
            consumer.OffsetsForTimes(partitions.Select(partition => new TopicPartitionTimestamp(partition, new Timestamp(Time.UtcDateTime))), timeout);
    }
}
