using Microsoft.Extensions.Options;

namespace Recoup.Pipeline.Monitors;

/// <summary>The share of a topic's records of the last wall hour that are valid.</summary>
internal sealed class ValidationPassRateMonitor(LakeReader lake, IOptions<PipelineOptions> options) : IMonitor
{
    public string Name => "validation_pass_rate";

    public async Task<IReadOnlyList<Reading>> ReadAsync(MonitorMoment moment, CancellationToken cancellation)
    {
        var since = LakeReader.Time(moment.Wall.AddHours(-1));
        var thresholds = options.Value.Monitors;
        List<Reading> readings = [];
        foreach (var topic in LakeTopic.All)
        {
            var counted = await lake.NumbersAsync(
                $"""
                select (select count(*) from {topic.Bronze} where ingested_at >= {since}) as valid,
                  (select count(*) from {topic.Quarantine} where quarantined_at >= {since}) as refused
                """,
                cancellation);
            readings.Add(Decide(topic, counted[0], counted[1], (decimal)thresholds.ValidationPassRate, thresholds.SampleMin));
        }

        return readings;
    }

    internal Reading Decide(LakeTopic topic, long valid, long refused, decimal threshold, long sampleMin)
    {
        var share = valid + refused == 0 ? 1 : Judge.Share(valid, valid + refused);
        return new()
        {
            Monitor = Name,
            Subject = topic.Topic,
            Severity = Judge.IfSampled(valid + refused, sampleMin, Judge.AtLeast(share, threshold)),
            Value = share,
            Threshold = threshold,
            Unit = "ratio",
            Summary = $"{valid} of {valid + refused} records of {topic.Topic} in the last hour are valid",
            Query = $"select rejection_reason, count(*) as records from {topic.Quarantine} group by rejection_reason order by 2 desc",
        };
    }
}
