using Recoup.Attention;

namespace Recoup.Pipeline;

/// <summary>What is kept of the pipeline. Immutable: a change is a new record, and memory shows only what has been saved.</summary>
[GenerateSerializer, Immutable, Alias("recoup.pipeline-state")]
public sealed record PipelineState : IHasAttention
{
    /// <summary>Runs so far, the current one included.</summary>
    [Id(0)] public long LastNumber { get; init; }

    /// <summary>The latest slot that was taken, business time. A run sees all that is there, so an earlier slot that comes late has nothing left to do.</summary>
    [Id(1)] public DateTimeOffset? LastSlot { get; init; }
    [Id(2)] public PipelineRun? Current { get; init; }

    /// <summary>A run is wanted after the current one. There is at most one: whoever else asks meanwhile is served by the same.</summary>
    [Id(3)] public QueuedRun? Queued { get; init; }

    /// <summary>Runs that have ended, newest first.</summary>
    [Id(4)] public IReadOnlyList<PipelineRun> History { get; init; } = [];

    /// <summary>What the newest run that had monitors saw.</summary>
    [Id(5)] public IReadOnlyList<Reading> Readings { get; init; } = [];

    /// <inheritdoc />
    [Id(6)] public DateTimeOffset? AttentionAt { get; init; }
}

/// <param name="Slot">The calendar's slot; null when somebody asked.</param>
[GenerateSerializer, Immutable, Alias("recoup.queued-run")]
public sealed record QueuedRun([property: Id(0)] DateTimeOffset? Slot);
