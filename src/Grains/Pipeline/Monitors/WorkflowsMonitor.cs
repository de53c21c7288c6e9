using System.Globalization;
using Microsoft.Extensions.Options;

namespace Recoup.Pipeline.Monitors;

/// <summary>Recoveries of the last wall hour: how many started, completed and failed, and how long they took.</summary>
internal sealed class WorkflowsMonitor(IWorkflowGauge workflows, IOptions<PipelineOptions> options) : IMonitor
{
    public string Name => "workflows";

    public async Task<IReadOnlyList<Reading>> ReadAsync(MonitorMoment moment, CancellationToken cancellation)
    {
        var thresholds = options.Value.Monitors;
        return Decide(await workflows.ReadAsync(moment.Wall.AddHours(-1), cancellation), (decimal)thresholds.Workflows, thresholds.SampleMin);
    }

    internal IReadOnlyList<Reading> Decide(WorkflowCounts counts, decimal threshold, long sampleMin)
    {
        var share = Judge.Share(counts.Failed, counts.Completed + counts.Failed);
        return
        [
            Report("started", counts.Started, "workflows", $"{counts.Started} recoveries started in the last hour"),
            Report("completed", counts.Completed, "workflows", $"{counts.Completed} recoveries completed in the last hour"),
            Report("failed", share, "ratio", $"{counts.Failed} of the {counts.Completed + counts.Failed} recoveries that closed in the last hour failed") with
            {
                Severity = Judge.IfSampled(counts.Completed + counts.Failed, sampleMin, Judge.AtMost(share, threshold)),
                Threshold = threshold,
            },
            Report("duration", (decimal?)counts.MedianDuration?.TotalSeconds, "seconds", counts.MedianDuration is { } median
                ? string.Create(CultureInfo.InvariantCulture, $"Half of the recoveries that completed took {median.TotalSeconds:0.0} s of wall time or less")
                : "No recovery completed in the last hour"),
        ];
    }

    private Reading Report(string subject, decimal? value, string unit, string summary) => new()
    {
        Monitor = Name,
        Subject = subject,
        Severity = Severity.Ok,
        Value = value is { } exact ? decimal.Round(exact, 6) : null,
        Unit = unit,
        Summary = summary,
    };
}
