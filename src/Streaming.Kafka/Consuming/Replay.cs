using System.Diagnostics.CodeAnalysis;
using Recoup.Streaming.Kafka.Streams;

namespace Recoup.Streaming.Kafka.Consuming;

/// <summary>What one subscriber has asked to read again: from an offset up to where the cache began.</summary>
internal sealed class Replay(StreamId stream, long from, long to)
{
    private readonly Queue<KafkaBatchContainer> waiting = new();
    private KafkaBatchContainer? handedOut;

    public StreamId Stream { get; } = stream;

    public long From { get; } = from;

    public long To { get; } = to;

    /// <summary>The log was read up to <see cref="To"/>.</summary>
    public bool IsComplete { get; set; }

    public int Waiting => waiting.Count;

    public bool Wants(KafkaBatchContainer record) => record.StreamId == Stream && record.Token.Offset >= From && record.Token.Offset < To;

    public void Add(KafkaBatchContainer record) => waiting.Enqueue(record);

    public bool TryNext([NotNullWhen(true)] out KafkaBatchContainer? record)
    {
        handedOut = waiting.TryDequeue(out record) ? record : null;
        return record is not null;
    }

    public KafkaBatchContainer? HandedOut(KafkaSequenceToken token) => handedOut is { } record && record.Token.Equals(token) ? record : null;
}

/// <summary>The rewinds of one partition. All that are open share one pass over the log; one that comes later waits for the next pass.</summary>
internal sealed class ReplayRequests
{
    private readonly Dictionary<StreamCursor, Replay> open = [];
    private readonly List<Replay> pass = [];

    public bool IsIdle => pass.Count == 0;

    public bool HasRequests => open.Values.Any(replay => !replay.IsComplete && !pass.Contains(replay));

    /// <summary>Most records that one of the subscribers of this pass has not taken yet.</summary>
    public int Waiting => pass.Count == 0 ? 0 : pass.Max(replay => replay.Waiting);

    public void Request(StreamCursor cursor, long from, long to)
    {
        cursor.Replay = new Replay(cursor.Lane.Stream, from, to);
        open[cursor] = cursor.Replay;
    }

    public void Cancel(StreamCursor cursor)
    {
        if (open.Remove(cursor, out var replay))
        {
            pass.Remove(replay);
        }
    }

    /// <summary>Begins a pass for all that wait, and says over which offsets.</summary>
    public (long From, long To) Begin()
    {
        pass.AddRange(open.Values.Where(replay => !replay.IsComplete));
        return (pass.Min(replay => replay.From), pass.Max(replay => replay.To));
    }

    public bool Wants(KafkaBatchContainer record) => pass.Exists(replay => replay.Wants(record));

    public void Add(KafkaBatchContainer record)
    {
        foreach (var replay in pass)
        {
            if (replay.Wants(record))
            {
                replay.Add(record);
            }
        }
    }

    /// <summary>The log was read to the end of the pass. Returns the streams whose subscribers go on.</summary>
    public IReadOnlyList<StreamId> Complete()
    {
        var streams = pass.Select(replay => replay.Stream).Distinct().ToList();
        pass.ForEach(static replay => replay.IsComplete = true);
        pass.Clear();
        foreach (var (cursor, replay) in open.ToList())
        {
            if (replay.IsComplete)
            {
                open.Remove(cursor);
            }
        }

        return streams;
    }
}
