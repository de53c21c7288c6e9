using Microsoft.Extensions.Options;

namespace Recoup.Pipeline.Monitors;

/// <summary>Charges that were refused in the last wall hour: somebody upstream sends what nobody can count.</summary>
internal sealed class QuarantinedChargesMonitor(LakeReader lake, IOptions<PipelineOptions> options) : IMonitor
{
    public string Name => "quarantined_charges";

    public async Task<IReadOnlyList<Reading>> ReadAsync(MonitorMoment moment, CancellationToken cancellation)
    {
        var since = LakeReader.Time(moment.Wall.AddHours(-1));
        var counted = await lake.NumbersAsync($"select count(*) as records from bronze.quarantine_payment_charges where quarantined_at >= {since}", cancellation);
        return [Decide(counted[0], options.Value.Monitors.QuarantinedCharges) with
        {
            Query = $"select rejection_reason, count(*) as records from bronze.quarantine_payment_charges where quarantined_at >= {since} group by rejection_reason order by 2 desc",
        }];
    }

    internal Reading Decide(long records, long threshold) => new()
    {
        Monitor = Name,
        Severity = Judge.AtMost(records, threshold),
        Value = records,
        Threshold = threshold,
        Unit = "records",
        Summary = $"{records} charges were quarantined in the last hour, {threshold} are allowed",
    };
}
