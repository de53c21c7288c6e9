using Recoup.Clock;
using Recoup.Pipeline.Monitors;

namespace Recoup.Pipeline.Steps;

/// <summary>Asks every monitor, shows the readings as metrics and writes them into <c>gold.pipeline_monitors</c>.</summary>
internal sealed class MonitorsStep(IEnumerable<IMonitor> monitors, MonitorTable table, IBusinessClock clock, TimeProvider time) : IPipelineStep
{
    public const string StepName = "monitors";

    public string Name => StepName;

    public async Task<StepReport> RunAsync(PipelineRun run, CancellationToken cancellation)
    {
        var moment = new MonitorMoment(clock.UtcNow, time.GetUtcNow());
        List<Reading> readings = [.. RunReadings.Of(run)];
        foreach (var monitor in monitors)
        {
            readings.AddRange(await ReadAsync(monitor, moment, cancellation));
        }

        PipelineMetrics.Show(readings);
        await table.WriteAsync(run.Number, moment, readings, cancellation);
        return new StepReport(true, Summarise(readings)) { Readings = readings };
    }

    /// <summary>One monitor that cannot look, keeps no other from looking.</summary>
    private static async Task<IReadOnlyList<Reading>> ReadAsync(IMonitor monitor, MonitorMoment moment, CancellationToken cancellation)
    {
        try
        {
            return await monitor.ReadAsync(moment, cancellation);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            return [Unread(monitor.Name, exception)];
        }
    }

    private static Reading Unread(string monitor, Exception exception) => new()
    {
        Monitor = monitor,
        Severity = Severity.Unknown,
        Unit = "none",
        Summary = $"Could not be read: {exception.Message.ReplaceLineEndings(" ")}",
    };

    private static string Summarise(List<Reading> readings)
    {
        var counts = readings.GroupBy(reading => reading.Severity).OrderByDescending(group => group.Key)
            .Select(group => FormattableString.Invariant($"{group.Count()} {group.Key.ToString().ToLowerInvariant()}"));
        return $"{readings.Count} readings: {string.Join(", ", counts)}";
    }
}
