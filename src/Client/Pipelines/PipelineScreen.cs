using System.Globalization;
using Recoup.Client.Terminals;
using Recoup.Pipeline;
using Recoup.Silo.Workflows.Timelines;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Pipelines;

/// <summary>The pipeline for people.</summary>
internal static class PipelineScreen
{
    private const int RunsMax = 10;
    private static readonly Style Quiet = new(Color.Grey);

    public static IRenderable Render(PipelineStatus status, bool showsAll)
    {
        var shown = status.Readings.Where(reading => showsAll || reading.Severity != Severity.Ok).ToList();
        List<IRenderable> parts = [Calendar(status), Text.Empty, Runs(status)];
        parts.Add(new Text(Count(status.Readings), Quiet));
        if (shown.Count > 0)
        {
            parts.Add(Readings(shown));
        }

        return new Rows(parts);
    }

    public static IRenderable RenderRun(PipelineRun run)
    {
        var table = Tables.Create("Step", "Result", "Time", "What");
        foreach (var step in run.Steps)
        {
            table.AddRow(new Text(step.Name), Result(step.Succeeded), new Text(Span(step.Elapsed)), new Text(step.Summary));
        }

        var head = run.EndedAt is null ? $"Run {run.Number} was asked for." : $"Run {run.Number} {(run.Succeeded ? "succeeded" : "failed")}.";
        return run.Steps.Count == 0 ? new Text(head) : new Rows(new Text(head), table);
    }

    public static Table Readings(IReadOnlyList<Reading> readings)
    {
        var table = Tables.Create("Monitor", "Subject", "Severity", "What was seen");
        foreach (var reading in readings.OrderByDescending(reading => reading.Severity).ThenBy(reading => reading.Topic, StringComparer.Ordinal))
        {
            table.AddRow(new Text(reading.Monitor), new Text(reading.Subject, Quiet), Severely(reading.Severity), new Text(reading.Summary));
        }

        return table;
    }

    public static Text Severely(Severity severity) => new(severity.ToString().ToLowerInvariant(), new Style(severity switch
    {
        Severity.Critical => Color.Red,
        Severity.Warning => Color.Yellow,
        Severity.Unknown => Color.Grey,
        _ => Color.Green,
    }));

    private static Rows Calendar(PipelineStatus status) => new(
        new Text($"Calendar: {status.Cron} (business time, UTC); last slot {Time(status.LastSlot)}."),
        new Text(status.Current is { } run ? $"Run {run.Number} is under way: {Standing(run)}." : "Nothing is under way."));

    private static Table Runs(PipelineStatus status)
    {
        var table = Tables.Create("Run", "Slot", "Result", "Ended", "Steps");
        foreach (var run in status.History.Take(RunsMax))
        {
            table.AddRow(
                new Text(run.Number.ToString(CultureInfo.InvariantCulture)),
                new Text(run.Slot is { } slot ? Time(slot) : "asked for", Quiet),
                Result(run.Succeeded),
                new Text(Time(run.EndedAt)),
                new Text(string.Join(", ", run.Steps.Select(step => $"{step.Name} {Span(step.Elapsed)}{(step.Succeeded ? "" : " FAILED")}"))));
        }

        return table;
    }

    private static string Standing(PipelineRun run) => run.Steps.Count == 0 ? "no step has ended yet" : $"after {string.Join(", ", run.Steps.Select(step => step.Name))}";

    private static string Count(IReadOnlyList<Reading> readings) => readings.Count == 0
        ? "No monitor has looked yet."
        : $"Monitors: {string.Join(", ", readings.GroupBy(reading => reading.Severity).OrderByDescending(group => group.Key).Select(group => $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}"))}.";

    private static Text Result(bool succeeded) => succeeded ? new Text("succeeded", new Style(Color.Green)) : new Text("failed", new Style(Color.Red));

    private static string Span(TimeSpan span) => DurationText.Of(span);

    private static string Time(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "never";
}
