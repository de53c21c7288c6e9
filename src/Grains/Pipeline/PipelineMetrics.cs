using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Recoup.Pipeline;

/// <summary>The meter <c>Recoup.Pipeline</c>.</summary>
internal static class PipelineMetrics
{
    private static readonly Meter Meter = new("Recoup.Pipeline");
    private static readonly ConcurrentDictionary<string, Reading> Newest = new(StringComparer.Ordinal);

    private static readonly Counter<long> Steps = Meter.CreateCounter<long>("recoup.pipeline.steps", description: "Steps that ended, by step and result");

    private static readonly Histogram<double> StepSeconds = Meter.CreateHistogram<double>("recoup.pipeline.step.duration", "s", "Wall time of a step");

    /// <summary>Changes of alerts that were told of, by channel and result.</summary>
    public static readonly Counter<long> Notices = Meter.CreateCounter<long>("recoup.alerts.notices", description: "Changes of alerts, by channel and result");

    static PipelineMetrics()
    {
        Meter.CreateObservableGauge("recoup.monitor.value", () => Newest.Values.Where(reading => reading.Value is not null)
            .Select(reading => new Measurement<double>((double)reading.Value!.Value, Tags(reading))), description: "The newest reading, by monitor and subject");
        Meter.CreateObservableGauge("recoup.monitor.severity", () => Newest.Values
            .Select(reading => new Measurement<int>((int)reading.Severity, Tags(reading))), description: "0 ok, 1 unknown, 2 warning, 3 critical");
    }

    public static void StepEnded(StepResult result)
    {
        Steps.Add(1, new("step", result.Name), new("result", result.Succeeded ? "succeeded" : "failed"));
        StepSeconds.Record(result.Elapsed.TotalSeconds, new KeyValuePair<string, object?>("step", result.Name));
    }

    /// <summary>The gauges show these from now on, and no subject that is gone.</summary>
    public static void Show(IReadOnlyList<Reading> readings)
    {
        var shown = readings.Select(reading => reading.Topic).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in Newest.Keys.Where(topic => !shown.Contains(topic)).ToList())
        {
            Newest.TryRemove(gone, out _);
        }

        foreach (var reading in readings)
        {
            Newest[reading.Topic] = reading;
        }
    }

    private static KeyValuePair<string, object?>[] Tags(Reading reading) => [new("monitor", reading.Monitor), new("subject", reading.Subject)];
}
