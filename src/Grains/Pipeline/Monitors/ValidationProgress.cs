using System.Globalization;

namespace Recoup.Pipeline.Monitors;

/// <summary>
/// How far validation is behind the log, from what stands in the tables: whichever engine validates, a record is done when it is in bronze or in
/// quarantine.
/// </summary>
public sealed class ValidationProgress(LakeReader lake, IEventLogGauge log, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Records of each topic that are in no table yet.</summary>
    public Task<IReadOnlyDictionary<string, long>> ReadLagAsync(CancellationToken cancellation) => ReadLagAsync(TimeSpan.Zero, cancellation);

    /// <summary>Records that are in the log now and in no table when all others are, or when patience has ended.</summary>
    public async Task<IReadOnlyDictionary<string, long>> ReadLagAsync(TimeSpan patience, CancellationToken cancellation)
    {
        var ends = await log.ReadEndsAsync([.. LakeTopic.All.Select(topic => topic.Topic)], cancellation);
        var start = time.GetTimestamp();
        while (true)
        {
            var lags = await ReadLagAsync(ends, cancellation);
            if (lags.Values.Sum() == 0 || time.GetElapsedTime(start) >= patience)
            {
                return lags;
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }

    /// <summary>Records before these ends that are in no table yet.</summary>
    private async Task<IReadOnlyDictionary<string, long>> ReadLagAsync(IReadOnlyList<LogEnd> ends, CancellationToken cancellation)
    {
        var lags = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var topic in LakeTopic.All)
        {
            var next = await ReadNextAsync(topic, cancellation);
            lags[topic.Topic] = ends.Where(end => end.Topic == topic.Topic).Sum(end => Lag(end, next.GetValueOrDefault(end.Partition)));
        }

        return lags;
    }

    /// <summary>Pure. Records that the log has dropped before they were validated are no lag: nobody can validate them any more.</summary>
    internal static long Lag(LogEnd end, long next) => Math.Max(0, end.High - Math.Max(next, end.Low));

    private async Task<Dictionary<int, long>> ReadNextAsync(LakeTopic topic, CancellationToken cancellation)
    {
        var rows = await lake.RowsAsync(
            $"""
            select kafka_partition, max(kafka_offset) + 1 as next_offset
            from (select kafka_partition, kafka_offset from {topic.Bronze} union all select kafka_partition, kafka_offset from {topic.Quarantine}) as validated
            group by kafka_partition
            """,
            cancellation);
        return rows.ToDictionary(row => int.Parse(row[0]!, CultureInfo.InvariantCulture), row => LakeReader.Number(row[1]));
    }
}
