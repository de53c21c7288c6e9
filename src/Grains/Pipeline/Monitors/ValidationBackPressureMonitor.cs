using Microsoft.Extensions.Options;

namespace Recoup.Pipeline.Monitors;

/// <summary>How long validation would need for what waits, at the pace that it has shown. A lag that is long and shrinks fast wakes nobody.</summary>
internal sealed class ValidationBackPressureMonitor(LakeReader lake, ValidationProgress progress, IOptions<PipelineOptions> options) : IMonitor
{
    private const int PaceSeconds = 300;

    /// <summary>How long a record may be on its way before it counts as waiting: in a quiet topic it may have come this very moment.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(10);

    public string Name => "validation_back_pressure";

    public async Task<IReadOnlyList<Reading>> ReadAsync(MonitorMoment moment, CancellationToken cancellation)
    {
        var lags = await progress.ReadLagAsync(OnTheWay, cancellation);
        var since = LakeReader.Time(moment.Wall.AddSeconds(-PaceSeconds));
        List<Reading> readings = [];
        foreach (var topic in LakeTopic.All)
        {
            var validated = await lake.NumbersAsync(
                $"""
                select (select count(*) from {topic.Bronze} where ingested_at >= {since}) as valid,
                  (select count(*) from {topic.Quarantine} where quarantined_at >= {since}) as refused
                """,
                cancellation);
            readings.Add(Decide(topic.Topic, lags[topic.Topic], validated.Sum(), options.Value.Monitors.ValidationBackPressure));
        }

        return readings;
    }

    /// <param name="topic">The topic.</param>
    /// <param name="waiting">Records in the log and in no table.</param>
    /// <param name="validated">Records that came into tables in the last five minutes.</param>
    /// <param name="threshold">Seconds.</param>
    internal Reading Decide(string topic, long waiting, long validated, long threshold)
    {
        // Nothing at all in five minutes, and something waits: no pace says when it is done, which is worse than any threshold.
        var stands = waiting > 0 && validated == 0;
        decimal? seconds = stands ? null : waiting == 0 ? 0 : decimal.Round((decimal)waiting * PaceSeconds / validated, 1);
        return new()
        {
            Monitor = Name,
            Subject = topic,
            Severity = stands ? Severity.Critical : Judge.AtMost(seconds!.Value, threshold),
            Value = seconds,
            Threshold = threshold,
            Unit = "seconds",
            Summary = stands
                ? $"{waiting} records of {topic} wait, and none was validated in the last five minutes"
                : FormattableString.Invariant($"Validation of {topic} needs {seconds} s for the {waiting} records that wait"),
        };
    }
}
