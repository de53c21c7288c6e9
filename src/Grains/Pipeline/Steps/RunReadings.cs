namespace Recoup.Pipeline.Steps;

/// <summary>What the run says of itself: each step before the monitors, 0 when it did its work and 1 when it failed.</summary>
internal static class RunReadings
{
    public const string Monitor = "pipeline_run";

    public static IEnumerable<Reading> Of(PipelineRun run) => run.Steps.Select(step => new Reading
    {
        Monitor = Monitor,
        Subject = step.Name,
        Severity = step.Succeeded ? Severity.Ok : Severity.Critical,
        Value = step.Succeeded ? 0 : 1,
        Threshold = 0,
        Unit = "failures",
        Summary = step.Summary,
    });
}
