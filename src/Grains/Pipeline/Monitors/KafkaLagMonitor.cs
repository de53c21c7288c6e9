using Microsoft.Extensions.Options;

namespace Recoup.Pipeline.Monitors;

/// <summary>Records of each topic that stand in the log and in no table yet.</summary>
internal sealed class KafkaLagMonitor(ValidationProgress progress, IOptions<PipelineOptions> options) : IMonitor
{
    public string Name => "kafka_lag";

    public async Task<IReadOnlyList<Reading>> ReadAsync(MonitorMoment moment, CancellationToken cancellation)
    {
        var lags = await progress.ReadLagAsync(cancellation);
        return [.. lags.Select(lag => Decide(lag.Key, lag.Value, options.Value.Monitors.KafkaLag))];
    }

    internal Reading Decide(string topic, long records, long threshold) => new()
    {
        Monitor = Name,
        Subject = topic,
        Severity = Judge.AtMost(records, threshold),
        Value = records,
        Threshold = threshold,
        Unit = "records",
        Summary = $"{records} records of {topic} are in no table yet",
    };
}
