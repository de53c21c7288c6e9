using System.Globalization;
using Microsoft.Extensions.Options;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;

namespace Recoup.Pipeline.Monitors;

/// <summary>
/// Whether tables keep up: a bronze table may be old as long as nothing waits for it, gold may be as old as the calendar lets it. Wall time.
/// </summary>
internal sealed class FreshnessMonitor(LakeReader lake, ValidationProgress progress, ICatalog catalog, IOptions<PipelineOptions> options) : IMonitor
{
    private static readonly TableIdentifier Gold = new("gold", "fct_payments");

    public string Name => "freshness";

    public async Task<IReadOnlyList<Reading>> ReadAsync(MonitorMoment moment, CancellationToken cancellation)
    {
        var threshold = options.Value.Monitors.Freshness;
        var lags = await progress.ReadLagAsync(cancellation);
        List<Reading> readings = [];
        foreach (var topic in LakeTopic.All)
        {
            var newest = await lake.RowsAsync($"select max(ingested_at) as newest from {topic.Bronze}", cancellation);
            readings.Add(DecideBronze(topic, moment.Wall, Time(newest[0][0]), lags[topic.Topic], threshold));
        }

        readings.Add(DecideGold(moment.Wall, await BuiltAtAsync(cancellation), threshold));
        return readings;
    }

    /// <summary>Null before the first build.</summary>
    private async Task<DateTimeOffset?> BuiltAtAsync(CancellationToken cancellation)
    {
        try
        {
            return (await catalog.LoadTableAsync(Gold, cancellation)).CurrentSnapshot is { } snapshot ? DateTimeOffset.FromUnixTimeMilliseconds(snapshot.TimestampMs) : null;
        }
        catch (IcebergException missing) when (missing.Failure is IcebergFailure.NoSuchTable or IcebergFailure.NoSuchNamespace)
        {
            return null;
        }
    }

    internal Reading DecideBronze(LakeTopic topic, DateTimeOffset now, DateTimeOffset? newest, long waiting, long threshold)
    {
        var age = newest is { } at && waiting > 0 ? Seconds(now - at) : 0;
        return Of(topic.Bronze, age, threshold, waiting == 0
            ? $"Nothing waits for {topic.Bronze}"
            : newest is null ? $"{waiting} records wait for {topic.Bronze}, which has no row yet" : $"{waiting} records wait for {topic.Bronze}, whose newest row is {age} s old");
    }

    internal Reading DecideGold(DateTimeOffset now, DateTimeOffset? built, long threshold) => built is { } at
        ? Of(Gold.ToString(), Seconds(now - at), threshold, $"{Gold} was written {Seconds(now - at)} s ago")
        : Of(Gold.ToString(), 0, threshold, $"{Gold} has never been written");

    private Reading Of(string table, long age, long threshold, string summary) => new()
    {
        Monitor = Name,
        Subject = table,
        Severity = Judge.AtMost(age, threshold),
        Value = age,
        Threshold = threshold,
        Unit = "seconds",
        Summary = summary,
    };

    private static long Seconds(TimeSpan age) => Math.Max(0, (long)age.TotalSeconds);

    private static DateTimeOffset? Time(string? cell) => cell is null ? null : DateTimeOffset.Parse(cell, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
