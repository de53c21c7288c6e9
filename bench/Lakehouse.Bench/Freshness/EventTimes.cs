using System.Collections.Concurrent;

namespace Recoup.Lakehouse.Bench.Freshness;

/// <summary>When each event happened, by its place in Kafka.</summary>
internal sealed class EventTimes
{
    private readonly ConcurrentDictionary<(int Partition, long Offset), DateTimeOffset> times = [];

    public int Count => times.Count;

    public void Add(int partition, long offset, DateTimeOffset time) => times[(partition, offset)] = time;

    /// <summary>Null while the producer has not heard yet where the event is.</summary>
    public DateTimeOffset? Find(int partition, long offset) => times.TryGetValue((partition, offset), out var time) ? time : null;
}
