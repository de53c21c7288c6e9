using Recoup.Streaming.Kafka.Hosting;

namespace Recoup.Streaming.Kafka.Consuming;

/// <param name="Offset">The first offset to read.</param>
/// <param name="LogEnd">The offset after the newest record.</param>
/// <param name="Lost">The committed offset when the log no longer has it.</param>
/// <param name="IsStopped">Whether nothing is read until somebody has looked.</param>
internal readonly record struct StartOffset(long Offset, long LogEnd, long? Lost, bool IsStopped);

/// <summary>Where a partition is read from when its agent starts.</summary>
internal static class StartOffsets
{
    /// <summary>Asks the brokers, on a thread of its own because the client's calls block.</summary>
    /// <exception cref="KafkaException">They do not answer in time.</exception>
    public static Task<StartOffset> FindAsync(IConsumer<byte[]?, byte[]?> consumer, TopicPartition partition, KafkaStreamOptions options, TimeSpan timeout) =>
        Task.Factory.StartNew(
            () =>
            {
                var committed = consumer.Committed([partition], timeout)[0].Offset;
                var log = consumer.QueryWatermarkOffsets(partition, timeout);
                return Decide(committed, log.Low.Value, log.High.Value, options.StartAt, options.OnOffsetLost);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    /// <param name="committed">The group's offset, or unset.</param>
    /// <param name="low">The oldest offset of the log.</param>
    /// <param name="high">The offset after the newest.</param>
    /// <param name="start">Where a new group begins.</param>
    /// <param name="onLost">What happens when the committed offset is outside of the log.</param>
    public static StartOffset Decide(Offset committed, long low, long high, KafkaStart start, OffsetLostAction onLost)
    {
        if (committed == Offset.Unset)
        {
            return new(start == KafkaStart.Earliest ? low : high, high, null, false);
        }

        if (committed.Value >= low && committed.Value <= high)
        {
            return new(committed.Value, high, null, false);
        }

        return onLost switch
        {
            OffsetLostAction.Earliest => new(low, high, committed.Value, false),
            OffsetLostAction.Latest => new(high, high, committed.Value, false),
            _ => new(committed.Value, high, committed.Value, true),
        };
    }
}
