using Recoup.Streaming.Kafka.Hosting;

namespace Recoup.Streaming.Kafka.Consuming;

/// <summary>The client's settings for reading.</summary>
internal static class ConsumerSettings
{
    /// <summary>Offsets are committed for the group, and only those that were stored after delivery. An offset that is gone is an error, never a silent jump.</summary>
    public static ConsumerConfig ForGroup(KafkaStreamOptions options) => new(options.ToClientSettings())
    {
        GroupId = options.GroupId,
        EnableAutoCommit = true,
        EnableAutoOffsetStore = false,
        AutoCommitIntervalMs = (int)options.CommitInterval.TotalMilliseconds,
        AutoOffsetReset = AutoOffsetReset.Error,
        EnablePartitionEof = false,
    };

    /// <summary>For a pass over old records: nothing is committed, and the end is reported.</summary>
    public static ConsumerConfig ForReplay(KafkaStreamOptions options) => new(options.ToClientSettings())
    {
        GroupId = options.GroupId,
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        EnablePartitionEof = true,
    };
}
