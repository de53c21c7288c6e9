using Orleans.Streams;

namespace Recoup.Streaming.Kafka.Streams;

/// <summary>
/// Tokens for reading a stream again: give one to <c>SubscribeAsync</c> or <c>ResumeAsync</c>. Only that subscription goes back, the group's committed
/// offset stays where it is. A keyed service of the provider's name.
/// </summary>
public interface IKafkaStreamPositions
{
    /// <summary>From this offset of the stream's partition on (inclusive); below the oldest one means from the oldest on.</summary>
    Task<StreamSequenceToken> AtOffsetAsync(StreamId stream, long offset);

    /// <summary>From the first record on whose timestamp is not before this time; if there is none, from the end on.</summary>
    Task<StreamSequenceToken> AtTimeAsync(StreamId stream, DateTimeOffset time);

    /// <summary>
    /// Call it after subscribing with a token. Agents learn of subscriptions to a stream that they have not seen lately only with its next record; this
    /// makes the stream's agent look at once.
    /// </summary>
    Task WakeAsync(StreamId stream);
}
