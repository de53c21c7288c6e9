using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using Recoup.Client.Queries;
using Recoup.Clock;
using Recoup.Events;

namespace Recoup.Platform.Bench.Watching;

/// <summary>Asks again and again, over HTTP, how far the charges in bronze have come.</summary>
internal sealed class BronzeWatch(LakeQuery queries, IBusinessClock clock)
{
    /// <summary>How often: the figures are that much too high at most, and a query costs the silo a few milliseconds.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Wall time of events that are looked through; the rest is pruned by day. A lag beyond it is seen late.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(20);

    private readonly List<(int Partition, long Last, DateTimeOffset SeenAt)> seen = [];

    /// <summary>The query itself, from the call to its last row.</summary>
    public Latencies Queries { get; } = new();

    public Task RunAsync(CancellationToken stop) => Ticks.EachAsync(Interval, LookAsync, stop);

    /// <summary>From when each charge was sent to when a query saw it or a later one of its partition: a batch's rows are visible together, and batches in order.</summary>
    public Spread Freshness(LogIndex log, Window window)
    {
        var latencies = new Latencies();
        foreach (var partition in seen.GroupBy(look => look.Partition))
        {
            var records = log.Records(new TopicPartition(Topics.Charges, partition.Key));
            var next = 0;
            foreach (var (_, last, seenAt) in partition)
            {
                for (; next <= last; next++)
                {
                    var sentAt = DateTimeOffset.FromUnixTimeMilliseconds(records[next].SentMs);
                    if (window.Contains(sentAt))
                    {
                        latencies.Add(seenAt - sentAt);
                    }
                }
            }
        }

        return latencies.ToSpread();
    }

    private async Task LookAsync()
    {
        var since = (clock.UtcNow - (Recent * clock.Scale)).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var called = Stopwatch.GetTimestamp();
        var rows = await queries.RowsAsync(
            $"select kafka_partition as p, max(kafka_offset) as last from bronze.payment_charges where created_at >= timestamp '{since} UTC' group by kafka_partition",
            CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        Queries.Add(Stopwatch.GetElapsedTime(called));
        seen.AddRange(rows.Select(row => (row.GetProperty("p").GetInt32(), row.GetProperty("last").GetInt64(), now)));
    }
}
