using Orleans.Streams;
using Recoup.Streaming.Kafka.Streams;

namespace Recoup.Streaming.Kafka.Consuming;

/// <summary>Where one subscriber is in its stream.</summary>
internal sealed class StreamCursor : IQueueCacheCursor
{
    private readonly PartitionCache cache;
    private KafkaBatchContainer? current;

    public StreamCursor(PartitionCache cache, StreamLane lane, long position)
    {
        this.cache = cache;
        Lane = lane;
        Position = position;
        lane.Cursors.Add(this);
    }

    public StreamLane Lane { get; }

    /// <summary>The first offset that this subscriber still needs: that of the record it holds, or of the next one.</summary>
    public long Position { get; private set; }

    /// <summary>What is read again for this subscriber before it goes on with the lane; null when nothing is.</summary>
    public Replay? Replay { get; set; }

    public IBatchContainer? GetCurrent(out Exception? exception)
    {
        exception = null;
        return current;
    }

    public QueueCacheCursorMoveResult MoveNextWithResult() => Move() ? QueueCacheCursorMoveResult.Success : QueueCacheCursorMoveResult.NoData;

    bool IQueueCacheCursor.MoveNext() => Move();

    /// <summary>Nothing to do: a lane shows new records by itself.</summary>
    public void Refresh(StreamSequenceToken token)
    {
    }

    /// <summary>The record stays until it is among the dead letters, wherever this cursor goes.</summary>
    public void RecordDeliveryFailure()
    {
        if (current is not null)
        {
            current.IsUndelivered = true;
        }
    }

    public void Dispose()
    {
        // Whoever comes after this cursor, or nobody, decides about the record anew.
        if (current is { IsUndelivered: true } && !cache.Stopping.IsCancellationRequested)
        {
            current.IsUndelivered = false;
        }

        cache.Removed(this);
    }

    /// <summary>After the log began again at a lower offset.</summary>
    public void Restart(long offset)
    {
        if (Position > offset)
        {
            Position = offset;
            current = null;
        }
    }

    private bool Move()
    {
        if (cache.Stopping.IsCancellationRequested)
        {
            return false;
        }

        if (Replay is { } replay)
        {
            current = null;
            if (replay.TryNext(out current))
            {
                return true;
            }

            if (!replay.IsComplete)
            {
                return false;
            }

            Replay = null;
        }

        // To ask for the next record is to be done with this one.
        if (current is { Token.IsRewind: false })
        {
            Position = current.Token.Offset + 1;
        }

        current = Lane.First(Position);
        if (current is not null)
        {
            Position = current.Token.Offset;
        }

        return current is not null;
    }
}
