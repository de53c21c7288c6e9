namespace Recoup.Pipeline.Steps;

/// <summary>One step of a run. It may be run again after a crash at any point, and then does what is left to do.</summary>
public interface IPipelineStep
{
    /// <summary>One word, as the status shows it.</summary>
    string Name { get; }

    /// <summary>What failed is a report; an exception counts as one too.</summary>
    Task<StepReport> RunAsync(PipelineRun run, CancellationToken cancellation);
}

/// <param name="Succeeded">All of it was done.</param>
/// <param name="Summary">One sentence.</param>
public sealed record StepReport(bool Succeeded, string Summary)
{
    /// <summary>What monitors saw.</summary>
    public IReadOnlyList<Reading> Readings { get; init; } = [];
}
