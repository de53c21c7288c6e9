namespace Recoup.Pipeline;

/// <summary>One run of the pipeline and how far it has come.</summary>
[GenerateSerializer, Immutable, Alias("recoup.pipeline-run")]
public sealed record PipelineRun
{
    /// <summary>Counts this pipeline's runs from 1.</summary>
    [Id(0)] public required long Number { get; init; }

    /// <summary>The calendar's slot, business time; null for a run that was asked for.</summary>
    [Id(1)] public DateTimeOffset? Slot { get; init; }

    /// <summary>Business time.</summary>
    [Id(2)] public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Wall time.</summary>
    [Id(3)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Steps that have ended, in their order.</summary>
    [Id(4)] public IReadOnlyList<StepResult> Steps { get; init; } = [];

    /// <summary>How often it was taken up after the process that ran it had ended.</summary>
    [Id(5)] public int TakenUp { get; init; }

    /// <summary>Every step succeeded.</summary>
    public bool Succeeded => EndedAt is not null && Steps.All(step => step.Succeeded);
}

/// <summary>How one step of a run ended.</summary>
[GenerateSerializer, Immutable, Alias("recoup.pipeline-step")]
public sealed record StepResult
{
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public required bool Succeeded { get; init; }

    /// <summary>One sentence: what was done, or why not.</summary>
    [Id(2)] public required string Summary { get; init; }

    /// <summary>Wall time.</summary>
    [Id(3)] public required TimeSpan Elapsed { get; init; }

    /// <summary>Wall time.</summary>
    [Id(4)] public required DateTimeOffset EndedAt { get; init; }
}
