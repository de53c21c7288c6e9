namespace Recoup.Pipeline;

/// <summary>The pipeline's health at a glance.</summary>
[GenerateSerializer, Immutable, Alias("recoup.pipeline-status")]
public sealed record PipelineStatus
{
    /// <summary>The calendar, as a cron expression over business time.</summary>
    [Id(0)] public required string Cron { get; init; }

    /// <summary>The slot that was taken last; business time.</summary>
    [Id(1)] public DateTimeOffset? LastSlot { get; init; }

    /// <summary>The run that is under way.</summary>
    [Id(2)] public PipelineRun? Current { get; init; }

    /// <summary>The number of the run that waits for the current one.</summary>
    [Id(3)] public long? QueuedNumber { get; init; }

    /// <summary>Runs that have ended, newest first.</summary>
    [Id(4)] public IReadOnlyList<PipelineRun> History { get; init; } = [];

    /// <summary>What the monitors of the newest run saw.</summary>
    [Id(5)] public IReadOnlyList<Reading> Readings { get; init; } = [];

    public PipelineRun? Find(long number) => Current?.Number == number ? Current : History.FirstOrDefault(run => run.Number == number);
}
