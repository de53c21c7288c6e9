using Confluent.Kafka;
using Recoup.Client.CommandLine;

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

        return Moments.Parse(text, now) is { } time ? new AtTime(time) : null;
    }

    public abstract List<TopicPartitionOffset> Resolve(IConsumer<byte[]?, byte[]?> consumer, List<TopicPartition> partitions, TimeSpan timeout);

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
