using Microsoft.Extensions.Options;

namespace Recoup.Pipeline.Monitors;

/// <summary>Every quarantine table: how much came in the last wall hour, and how much there is.</summary>
internal sealed class QuarantineSummaryMonitor(LakeReader lake, IOptions<PipelineOptions> options) : IMonitor
{
    public string Name => "quarantine_summary";

    public async Task<IReadOnlyList<Reading>> ReadAsync(MonitorMoment moment, CancellationToken cancellation)
    {
        List<Reading> readings = [];
        var since = LakeReader.Time(moment.Wall.AddHours(-1));
        foreach (var topic in LakeTopic.All)
        {
            var counted = await lake.NumbersAsync(
                $"select count(*) as records, sum(case when quarantined_at >= {since} then 1 else 0 end) as new_records from {topic.Quarantine}", cancellation);
            readings.Add(Decide(topic, counted[0], counted[1], options.Value.Monitors.QuarantineSummary));
        }

        return readings;
    }

    internal Reading Decide(LakeTopic topic, long records, long newRecords, long threshold) => new()
    {
        Monitor = Name,
        Subject = topic.Quarantine,
        Severity = Judge.AtMost(newRecords, threshold),
        Value = newRecords,
        Threshold = threshold,
        Unit = "records",
        Summary = $"{newRecords} records came into {topic.Quarantine} in the last hour; it holds {records}",
        Query = $"select rejection_reason, count(*) as records, max(quarantined_at) as newest from {topic.Quarantine} group by rejection_reason order by 2 desc",
    };
}
