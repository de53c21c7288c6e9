using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Recoup.Streaming.Kafka.Streams;

namespace Recoup.Streaming.Kafka.Consuming;

/// <summary>The records of one partition between the reader's thread and the pulling agent; the reader pauses the partition while it is full.</summary>
internal sealed class PartitionFeed(KafkaPartition partition, long start, int capacity)
{
    private readonly Channel<(int Generation, ConsumeResult<byte[]?, byte[]?> Record)> records =
        Channel.CreateUnbounded<(int Generation, ConsumeResult<byte[]?, byte[]?> Record)>();

    private long deliveredTo = start;
    private long logEnd = start;
    private int generation;

    public KafkaPartition Partition { get; } = partition;

    public TopicPartition TopicPartition { get; } = partition.ToTopicPartition();

    /// <summary>Where reading begins; changed when an offset was lost.</summary>
    public long Start { get; private set; } = start;

    /// <summary>Counts how often reading began anew because an offset was lost. Records of one generation are delivered before those of the next.</summary>
    public int Generation => Volatile.Read(ref generation);

    /// <summary>Only the reader's thread asks: its offset was lost, and where to begin anew is not known yet.</summary>
    public bool IsLost { get; set; }

    /// <summary>Only the reader's thread asks.</summary>
    public bool IsPaused { get; set; }

    public bool IsFull => records.Reader.Count >= capacity;

    public bool HasRoom => records.Reader.Count <= capacity / 2;

    /// <summary>The offset to go on from after a restart. Set by the agent, stored for the next commit by the reader.</summary>
    public long DeliveredTo
    {
        get => Interlocked.Read(ref deliveredTo);
        set => Interlocked.Exchange(ref deliveredTo, value);
    }

    /// <summary>Only the reader's thread asks.</summary>
    public long Stored { get; set; } = -1;

    /// <summary>The offset after the newest record of the log, as far as it is known.</summary>
    public long LogEnd
    {
        get => Interlocked.Read(ref logEnd);
        set => Interlocked.Exchange(ref logEnd, value);
    }

    /// <summary>How many records of the log are not delivered yet.</summary>
    public long Lag => Math.Max(0, LogEnd - DeliveredTo);

    public void Add(ConsumeResult<byte[]?, byte[]?> record) => records.Writer.TryWrite((generation, record));

    /// <summary>The next record of this generation.</summary>
    public bool TryTake(int wanted, [NotNullWhen(true)] out ConsumeResult<byte[]?, byte[]?>? record)
    {
        record = IsDrained(wanted) || !records.Reader.TryRead(out var next) ? null : next.Record;
        return record is not null;
    }

    /// <summary>Whether nothing of this generation waits any more.</summary>
    public bool IsDrained(int wanted) => !records.Reader.TryPeek(out var next) || next.Generation != wanted;

    /// <summary>Waits until there is a record, at most so long.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(longest);
        try
        {
            await records.Reader.WaitToReadAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // Nothing came; the agent asks again, unless it stops.
        }
    }

    public void Restart(long at)
    {
        IsLost = false;
        Start = at;
        Stored = -1;
        LogEnd = at;
        Interlocked.Increment(ref generation);
    }
}
