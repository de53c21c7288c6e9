using Microsoft.Extensions.Options;

namespace Recoup.Pipeline.Monitors;

/// <summary>Payments of the last business day that the transformations flag as suspicious: a wave of card testing shows here first.</summary>
internal sealed class ValidationFlagRateMonitor(LakeReader lake, IOptions<PipelineOptions> options) : IMonitor
{
    public string Name => "validation_flag_rate";

    public async Task<IReadOnlyList<Reading>> ReadAsync(MonitorMoment moment, CancellationToken cancellation)
    {
        var since = LakeReader.Time(moment.Business.AddDays(-1));
        var counted = await lake.NumbersAsync($"select count(*) as events, count(validation_flag) as flagged from silver.payments where created_at >= {since}", cancellation);
        var thresholds = options.Value.Monitors;
        return [Decide(counted[0], counted[1], (decimal)thresholds.ValidationFlagRate, thresholds.SampleMin) with
        {
            Query = $"select validation_flag, count(*) as events from silver.payments where created_at >= {since} group by validation_flag order by 2 desc",
        }];
    }

    internal Reading Decide(long events, long flagged, decimal threshold, long sampleMin)
    {
        var share = Judge.Share(flagged, events);
        return new()
        {
            Monitor = Name,
            Severity = Judge.IfSampled(events, sampleMin, Judge.AtMost(share, threshold)),
            Value = share,
            Threshold = threshold,
            Unit = "ratio",
            Summary = $"{flagged} of {events} events of the last business day carry a validation flag",
        };
    }
}
