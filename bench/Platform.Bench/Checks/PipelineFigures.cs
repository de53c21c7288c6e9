using Recoup.Pipeline;

namespace Recoup.Platform.Bench.Checks;

/// <summary>The runs of the pipeline that ended within the window, and what the last one of all saw.</summary>
internal sealed record PipelineFigures
{
    public required IReadOnlyList<PipelineRunFigures> Runs { get; init; }

    /// <summary>Readings of the last run that are not well.</summary>
    public required IReadOnlyList<Reading> NotWell { get; init; }

    /// <summary>All of reconciliation's readings of the last run, which began when the load had ended and bronze had all of it.</summary>
    public required IReadOnlyList<Reading> Reconciliation { get; init; }
    public required IReadOnlyList<Alert> OpenAlerts { get; init; }

    public static async Task<PipelineFigures> ReadAsync(IGrainFactory grains, Window window)
    {
        var status = await grains.GetGrain<IPipelineGrain>(IPipelineGrain.Key).GetStatusAsync();
        var alerts = await grains.GetGrain<IAlertGrain>(IAlertGrain.Key).ListAsync();
        return new PipelineFigures
        {
            Runs = [.. status.History.Where(run => run.EndedAt is { } at && at >= window.From).OrderBy(run => run.Number).Select(run => PipelineRunFigures.Of(run, window))],
            NotWell = [.. status.Readings.Where(reading => reading.Severity is not Severity.Ok)],
            Reconciliation = [.. status.Readings.Where(reading => reading.Monitor == "reconciliation")],
            OpenAlerts = [.. alerts.Where(alert => alert.IsOpen)],
        };
    }
}

/// <param name="Number">The run.</param>
/// <param name="IsMeasured">It ended while the load lasted.</param>
/// <param name="StepSeconds">Wall time of each step.</param>
/// <param name="Failures">Summaries of the steps that failed.</param>
internal sealed record PipelineRunFigures(long Number, bool IsMeasured, IReadOnlyDictionary<string, double> StepSeconds, IReadOnlyList<string> Failures)
{
    public static PipelineRunFigures Of(PipelineRun run, Window window) => new(
        run.Number,
        window.Contains(run.EndedAt!.Value),
        run.Steps.ToDictionary(step => step.Name, step => Math.Round(step.Elapsed.TotalSeconds, 2)),
        [.. run.Steps.Where(step => !step.Succeeded).Select(step => $"{step.Name}: {step.Summary}")]);
}
