using Recoup.Streaming.Kafka.Streams;

namespace Recoup.Streaming.Kafka.Consuming;

/// <summary>One stream's records in the cache, in the order of the log, and who reads them.</summary>
internal sealed class StreamLane(StreamId stream)
{
    public StreamId Stream { get; } = stream;

    public List<KafkaBatchContainer> Records { get; } = [];

    public List<StreamCursor> Cursors { get; } = [];

    /// <summary>The first record at or after an offset.</summary>
    public KafkaBatchContainer? First(long offset)
    {
        var low = 0;
        var high = Records.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Records[middle].Token.Offset < offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < Records.Count ? Records[low] : null;
    }

    /// <summary>Whether nobody needs the record any more. A stream without cursors has no subscriber.</summary>
    public bool IsPast(KafkaBatchContainer record)
    {
        foreach (var cursor in Cursors)
        {
            if (cursor.Position <= record.Token.Offset)
            {
                return false;
            }
        }

        return true;
    }

    public void Restart(long offset)
    {
        foreach (var cursor in Cursors)
        {
            cursor.Restart(offset);
        }
    }
}
