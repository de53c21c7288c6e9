using Recoup.Bench;
using Recoup.Platform.Bench.Checks;
using Spectre.Console;

namespace Recoup.Platform.Bench.Reporting;

/// <summary>What the pipeline did and saw, for people.</summary>
internal static class PipelineTables
{
    public static void Write(PipelineFigures? pipeline)
    {
        if (pipeline is null)
        {
            return;
        }

        Runs(pipeline.Runs);
        foreach (var reading in pipeline.Reconciliation)
        {
            ReportTables.Line($"reconciliation {reading.Severity} {reading.Subject}: {reading.Summary}");
        }

        foreach (var reading in pipeline.NotWell.Where(reading => reading.Monitor != "reconciliation"))
        {
            ReportTables.Line($"monitor {reading.Severity} {reading.Topic}: {reading.Summary}");
        }

        ReportTables.Line($"open alerts: {string.Join(", ", pipeline.OpenAlerts.Select(alert => $"{alert.Reading.Topic} ({alert.Worst})"))}");
    }

    private static void Runs(IReadOnlyList<PipelineRunFigures> runs)
    {
        var table = MarkdownTable.Of("pipeline run", "under load", "transformations s", "maintenance s", "monitors s");
        foreach (var run in runs)
        {
            table.AddRow(MarkdownTable.Text($"{run.Number}"), run.IsMeasured ? "yes" : "no", Seconds(run, "transformations"), Seconds(run, "maintenance"), Seconds(run, "monitors"));
        }

        AnsiConsole.Write(table);
        foreach (var failure in runs.SelectMany(run => run.Failures.Select(failure => $"run {run.Number}, {failure}")))
        {
            ReportTables.Line($"  failed: {failure}");
        }
    }

    private static string Seconds(PipelineRunFigures run, string step) => run.StepSeconds.TryGetValue(step, out var seconds) ? MarkdownTable.Text($"{seconds:N2}") : "-";
}
