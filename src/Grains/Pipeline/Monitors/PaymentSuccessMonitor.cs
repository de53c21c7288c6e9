using Microsoft.Extensions.Options;

namespace Recoup.Pipeline.Monitors;

/// <summary>First attempts of the last business hour that succeeded: an outage of a processor or an issuer shows here first.</summary>
internal sealed class PaymentSuccessMonitor(LakeReader lake, IOptions<PipelineOptions> options) : IMonitor
{
    public string Name => "payment_success";

    public async Task<IReadOnlyList<Reading>> ReadAsync(MonitorMoment moment, CancellationToken cancellation)
    {
        var since = LakeReader.Time(moment.Business.AddHours(-1));
        var counted = await lake.NumbersAsync(
            $"""
            select count(distinct payment_id) as attempted, count(distinct case when event_type = 'charge.succeeded' then payment_id end) as succeeded
            from bronze.payment_charges
            where created_at >= {since} and attempt = 1 and event_type in ('charge.succeeded', 'charge.failed')
            """,
            cancellation);
        var thresholds = options.Value.Monitors;
        return [Decide(counted[0], counted[1], (decimal)thresholds.PaymentSuccess, thresholds.SampleMin) with
        {
            Query = $"select provider, failure_code, count(*) as attempts from bronze.payment_charges where created_at >= {since} and attempt = 1 group by provider, failure_code order by 3 desc",
        }];
    }

    internal Reading Decide(long attempted, long succeeded, decimal threshold, long sampleMin)
    {
        var share = attempted == 0 ? 1 : Judge.Share(succeeded, attempted);
        return new()
        {
            Monitor = Name,
            Severity = Judge.IfSampled(attempted, sampleMin, Judge.AtLeast(share, threshold)),
            Value = share,
            Threshold = threshold,
            Unit = "ratio",
            Summary = $"{succeeded} of {attempted} first attempts of the last business hour succeeded",
        };
    }
}
