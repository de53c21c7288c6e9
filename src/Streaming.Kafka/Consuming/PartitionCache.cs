using System.Collections.Concurrent;
using Orleans.Streams;
using Recoup.Streaming.Kafka.Streams;

namespace Recoup.Streaming.Kafka.Consuming;

/// <summary>
/// The records of one partition that were read and not yet delivered to every subscriber, in the order of the log, with a lane for each stream. A record
/// leaves when all cursors of its stream have gone past it; a cursor that was handed a record holds it until it asks for the next one. Used by one pulling
/// agent, which is single-threaded.
/// </summary>
internal sealed class PartitionCache(int partition) : IQueueCache
{
    private readonly Queue<KafkaBatchContainer> window = new();
    private readonly Dictionary<StreamId, StreamLane> lanes = [];

    /// <summary>The offset after the newest record that was added.</summary>
    private long end;

    /// <summary>The offset after the last record that the log is known to have.</summary>
    public long LogEnd { get; set; }

    /// <summary>
    /// Cancelled when the agent stops. From then on nothing moves any more: agents dispose of cursors before they ask how far delivery has come, and a
    /// cursor that is gone must not look like a record that was delivered.
    /// </summary>
    public CancellationToken Stopping { get; set; }

    public ReplayRequests Replays { get; } = new();

    /// <summary>Streams whose subscriptions the agent is to look for; any thread adds.</summary>
    public ConcurrentQueue<StreamId> WakeUps { get; } = new();

    /// <summary>A token that every cursor of this partition can begin at: that of the log's last record.</summary>
    public KafkaSequenceToken LastToken => new(partition, LogEnd - 1);

    /// <summary>The offset of the oldest record here, or of the next to come.</summary>
    public long Start => window.TryPeek(out var oldest) ? oldest.Token.Offset : end;

    /// <summary>Not limited here: the receiver leaves room itself. At 0 an agent would not even ask for a purge.</summary>
    public int GetMaxAddCount() => QueueAdapterConstants.UNLIMITED_GET_QUEUE_MSG;

    /// <summary>Never: the receiver itself waits for room, without a line in the log for every try.</summary>
    public bool IsUnderPressure() => false;

    /// <summary>Where reading begins: at the start, and again after an offset was lost. The cache is empty then.</summary>
    public void StartAt(long offset)
    {
        if (offset < end)
        {
            foreach (var lane in lanes.Values)
            {
                lane.Restart(offset);
            }
        }

        end = offset;
    }

    public void AddToCache(IList<IBatchContainer> messages)
    {
        foreach (var record in messages.Cast<KafkaBatchContainer>())
        {
            // Records of a rewind are with their cursors already; in the list they only wake the agent, as a wake-up does.
            if (record.IsWakeUp || record.Token.IsRewind)
            {
                continue;
            }

            window.Enqueue(record);
            LaneOf(record.StreamId).Records.Add(record);
            end = record.Token.Offset + 1;
            LogEnd = Math.Max(LogEnd, end);
        }
    }

    public bool TryPurgeFromCache(out IList<IBatchContainer> purgedItems)
    {
        purgedItems = [];
        while (window.TryPeek(out var oldest) && !oldest.IsUndelivered && lanes[oldest.StreamId].IsPast(oldest))
        {
            window.Dequeue();
            var lane = lanes[oldest.StreamId];
            lane.Records.RemoveAt(0);
            RemoveIfUnused(lane);
            oldest.Progress?.Done();
            purgedItems.Add(oldest);
        }

        return purgedItems.Count > 0;
    }

    IQueueCacheCursor IQueueCache.GetCacheCursor(StreamId streamId, StreamSequenceToken? token)
    {
        var result = TryGetCacheCursor(streamId, token);
        return result.Cursor ?? throw result.CacheMiss!.Value.ToException();
    }

    public QueueCacheCursorResult<IQueueCacheCursor> TryGetCacheCursor(StreamId streamId, StreamSequenceToken? token)
    {
        if (token is null)
        {
            return Found(new StreamCursor(this, LaneOf(streamId), end));
        }

        // The same key in two partitions (another partitioner wrote it), or a topic that was made anew: the token says nothing about this log.
        if (token is not KafkaSequenceToken known || known.Partition != partition || known.Offset >= LogEnd)
        {
            return QueueCacheCursorResult<IQueueCacheCursor>.FromCacheMiss(new QueueCacheMissInfo(token.ToString(), $"{partition}@{Start}", $"{partition}@{end}"));
        }

        if (!known.IsRewind)
        {
            return Found(new StreamCursor(this, LaneOf(streamId), known.Offset));
        }

        var first = known.Offset + 1;
        var cursor = new StreamCursor(this, LaneOf(streamId), Math.Max(first, Start));
        if (first < Start)
        {
            Replays.Request(cursor, first, Start);
        }

        return Found(cursor);
    }

    public QueueCacheCursorResult<IQueueCacheCursor> TryGetCacheCursorAtPosition(StreamId streamId, StreamSubscriptionStartPosition startPosition) =>
        startPosition == StreamSubscriptionStartPosition.EarliestAvailable
            ? Found(new StreamCursor(this, LaneOf(streamId), Start))
            : TryGetCacheCursor(streamId, null);

    /// <summary>The record that a token was delivered with, as long as it is here.</summary>
    public KafkaBatchContainer? Find(StreamId streamId, KafkaSequenceToken token)
    {
        if (!lanes.TryGetValue(streamId, out var lane))
        {
            return null;
        }

        var found = token.IsRewind
            ? lane.Cursors.Select(cursor => cursor.Replay?.HandedOut(token)).FirstOrDefault(record => record is not null)
            : lane.First(token.Offset);
        return found?.Token.Equals(token) == true ? found : null;
    }

    public void Removed(StreamCursor cursor)
    {
        // See Stopping.
        if (Stopping.IsCancellationRequested)
        {
            return;
        }

        cursor.Lane.Cursors.Remove(cursor);
        Replays.Cancel(cursor);
        RemoveIfUnused(cursor.Lane);
    }

    private static QueueCacheCursorResult<IQueueCacheCursor> Found(StreamCursor cursor) => QueueCacheCursorResult<IQueueCacheCursor>.FromCursor(cursor);

    private StreamLane LaneOf(StreamId stream)
    {
        if (!lanes.TryGetValue(stream, out var lane))
        {
            lanes[stream] = lane = new StreamLane(stream);
        }

        return lane;
    }

    private void RemoveIfUnused(StreamLane lane)
    {
        if (lane.Cursors.Count == 0 && lane.Records.Count == 0)
        {
            lanes.Remove(lane.Stream);
        }
    }
}
