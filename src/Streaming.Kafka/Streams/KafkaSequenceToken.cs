using System.Globalization;
using Orleans.Streams;

namespace Recoup.Streaming.Kafka.Streams;

/// <summary>
/// Where an event lies: partition and offset. A token that was delivered with an event resumes after it. To read again what was already delivered, take
/// one from <see cref="IKafkaStreamPositions"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("recoup.kafka.token")]
public sealed class KafkaSequenceToken : StreamSequenceToken
{
    /// <param name="partition">The partition.</param>
    /// <param name="offset">The event's offset; of a rewinding token the offset before the first that is wanted.</param>
    /// <param name="isRewind">Whether the log is to be read again after this offset, though the group has gone past it.</param>
    public KafkaSequenceToken(int partition, long offset, bool isRewind = false)
    {
        Partition = partition;
        Offset = offset;
        IsRewind = isRewind;
    }

    [Id(0)]
    public int Partition { get; private set; }

    [Id(1)]
    public long Offset { get; private set; }

    [Id(2)]
    public bool IsRewind { get; private set; }

    public override long SequenceNumber
    {
        get => Offset;
        protected set => Offset = value;
    }

    /// <summary>Always 0: a record is one event.</summary>
    public override int EventIndex
    {
        get => 0;
        protected set => ArgumentOutOfRangeException.ThrowIfNotEqual(value, 0);
    }

    public override bool Equals(StreamSequenceToken? other) =>
        other is KafkaSequenceToken token && token.Partition == Partition && token.Offset == Offset;

    public override bool Equals(object? obj) => Equals(obj as StreamSequenceToken);

    public override int GetHashCode() => HashCode.Combine(Partition, Offset);

    /// <exception cref="ArgumentOutOfRangeException">The other token is of another partition: Kafka knows no order between the two.</exception>
    public override int CompareTo(StreamSequenceToken? other) => other switch
    {
        null => 1,
        KafkaSequenceToken token when token.Partition == Partition => Offset.CompareTo(token.Offset),
        _ => throw new ArgumentOutOfRangeException(nameof(other), other, "Only tokens of the same partition have an order."),
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Partition}@{Offset}{(IsRewind ? " (rewind)" : "")}");
}
