using System.Globalization;
using Microsoft.Extensions.Options;

namespace Recoup.Pipeline.Monitors;

/// <summary>Recoveries that ended in the last business day against those of the seven days before it.</summary>
internal sealed class RecoveryRateMonitor(LakeReader lake, IOptions<PipelineOptions> options) : IMonitor
{
    public string Name => "recovery_rate";

    public async Task<IReadOnlyList<Reading>> ReadAsync(MonitorMoment moment, CancellationToken cancellation)
    {
        var day = LakeReader.Time(moment.Business.AddDays(-1));
        var week = LakeReader.Time(moment.Business.AddDays(-8));

        // An end is counted once however often its event was delivered; a success at the first attempt is no recovery.
        var counted = await lake.NumbersAsync(
            $"""
            select count(distinct case when created_at >= {day} and event_type = 'charge.succeeded' then event_id end) as recovered,
              count(distinct case when created_at >= {day} then event_id end) as ended,
              count(distinct case when created_at < {day} and event_type = 'charge.succeeded' then event_id end) as recovered_before,
              count(distinct case when created_at < {day} then event_id end) as ended_before
            from bronze.payment_charges
            where created_at >= {week} and is_final and ((event_type = 'charge.succeeded' and attempt > 1) or event_type = 'charge.failed')
            """,
            cancellation);
        var thresholds = options.Value.Monitors;
        return [Decide((counted[0], counted[1]), (counted[2], counted[3]), (decimal)thresholds.RecoveryRate, thresholds.SampleMin) with
        {
            Query = $"select failure_code, event_type, count(distinct event_id) as ended from bronze.payment_charges where created_at >= {day} and is_final group by failure_code, event_type order by 3 desc",
        }];
    }

    internal Reading Decide((long Recovered, long Ended) day, (long Recovered, long Ended) week, decimal threshold, long sampleMin)
    {
        var now = Judge.Share(day.Recovered, day.Ended);
        var before = Judge.Share(week.Recovered, week.Ended);
        var isJudged = day.Ended >= sampleMin && week.Ended >= sampleMin && before > 0;
        return new()
        {
            Monitor = Name,
            Severity = isJudged && now < before * (1 - threshold) ? Severity.Warning : Severity.Ok,
            Value = now,
            Threshold = isJudged ? decimal.Round(before * (1 - threshold), 6) : null,
            Unit = "ratio",
            Summary = string.Create(
                CultureInfo.InvariantCulture,
                $"{day.Recovered} of {day.Ended} recoveries that ended in the last business day collected; {100 * before:0.0} % in the week before"),
        };
    }
}
