using Microsoft.Extensions.Options;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;

namespace Recoup.Pipeline.Monitors;

/// <summary>
/// How often each table is committed to. Snapshots are kept for an hour at least (docs/LAKE.md), so those of the last hour are all still there.
/// </summary>
internal sealed class IcebergWritesMonitor(ICatalog catalog, IOptions<PipelineOptions> options) : IMonitor
{
    public string Name => "iceberg_writes";

    public async Task<IReadOnlyList<Reading>> ReadAsync(MonitorMoment moment, CancellationToken cancellation)
    {
        List<Reading> readings = [];
        await foreach (var table in LakeTables.ReadAsync(catalog, cancellation))
        {
            readings.Add(Decide(table.Identifier.ToString(), Commits(table, moment.Wall.AddHours(-1)), options.Value.Monitors.IcebergWrites));
        }

        return readings;
    }

    internal Reading Decide(string table, int commits, long threshold)
    {
        var rate = decimal.Round(commits / 60m, 2);
        return new()
        {
            Monitor = Name,
            Subject = table,
            Severity = Judge.AtMost(rate, threshold),
            Value = rate,
            Threshold = threshold,
            Unit = "commits_per_minute",
            Summary = $"{table} was committed to {commits} times in the last hour",
        };
    }

    private static int Commits(Table table, DateTimeOffset since) => table.Metadata.Snapshots.Count(snapshot => snapshot.TimestampMs >= since.ToUnixTimeMilliseconds());
}
