using System.Diagnostics;
using System.Globalization;
using Recoup.Lakehouse.Query;

namespace Recoup.Lakehouse.Bench.Freshness;

/// <summary>Asks again and again, by SQL, how far bronze and quarantine have come, and notes how old each event is when its row is first seen.</summary>
internal sealed class VisibleRows(IQueryEngine engine, EventTimes events)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<int, long> next = [];
    private readonly List<(int Partition, long Offset, DateTimeOffset SeenAt)> unnamed = [];

    public Percentiles Freshness { get; } = new();

    public Percentiles Queries { get; } = new();

    public async Task WatchAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await LookAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // All events have been seen.
        }
    }

    /// <summary>Rows of a batch become visible together, and quarantine's with them: the greatest offset says all, unless a bad record is the last.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var recent = TimeProvider.System.GetUtcNow().AddSeconds(-30).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var began = Stopwatch.GetTimestamp();
        await using var result = await engine.ExecuteAsync(
            $"SELECT kafka_partition, max(kafka_offset) FROM bronze.payment_charges WHERE created_at >= TIMESTAMPTZ '{recent}+00' GROUP BY ALL", null, cancellation);
        var rows = new List<string?[]>();
        await foreach (var row in result.ReadTextAsync(cancellation))
        {
            rows.Add(row);
        }

        Queries.Add(Stopwatch.GetElapsedTime(began));
        var now = TimeProvider.System.GetUtcNow();
        foreach (var row in rows)
        {
            See(int.Parse(row[0]!, CultureInfo.InvariantCulture), long.Parse(row[1]!, CultureInfo.InvariantCulture), now);
        }

        unnamed.RemoveAll(seen => Note(seen.Partition, seen.Offset, seen.SeenAt));
    }

    private void See(int partition, long last, DateTimeOffset now)
    {
        for (var offset = next.GetValueOrDefault(partition); offset <= last; offset++)
        {
            if (!Note(partition, offset, now))
            {
                unnamed.Add((partition, offset, now));
            }
        }

        next[partition] = Math.Max(next.GetValueOrDefault(partition), last + 1);
    }

    private bool Note(int partition, long offset, DateTimeOffset seenAt)
    {
        if (events.Find(partition, offset) is not { } happened)
        {
            return false;
        }

        Freshness.Add(seenAt - happened);
        return true;
    }
}
