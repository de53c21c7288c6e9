namespace Recoup.Pipeline;

/// <summary>What can happen to the pipeline. Pure: times come in as arguments.</summary>
internal static class PipelineTransitions
{
    /// <summary>Ended runs that are kept.</summary>
    public const int HistoryMax = 100;

    /// <summary>A run whose process ended this often is more likely the cause than the victim.</summary>
    public const int TakeUpsMax = 3;

    /// <summary>The same instance comes back when this slot, or a later one, was taken before.</summary>
    public static PipelineState Fire(this PipelineState state, DateTimeOffset slot) => slot <= state.LastSlot
        ? state
        : state with { LastSlot = slot, Queued = new QueuedRun(slot) };

    /// <summary>A run that waits already serves whoever asks now.</summary>
    public static PipelineState Request(this PipelineState state) => state.Queued is null ? state with { Queued = new QueuedRun(null) } : state;

    /// <summary>The number of the run that a request leads to.</summary>
    public static long? QueuedNumber(this PipelineState state) => state.Queued is null ? null : state.LastNumber + 1;

    /// <summary>Starts what waits, unless something runs.</summary>
    public static PipelineState StartNext(this PipelineState state, DateTimeOffset businessNow) => state is { Current: null, Queued: { } queued }
        ? state with
        {
            LastNumber = state.LastNumber + 1,
            Queued = null,
            Current = new PipelineRun { Number = state.LastNumber + 1, Slot = queued.Slot, StartedAt = businessNow },
        }
        : state;

    /// <summary>Another activation finds a run that nobody runs any more. The steps that ended are not repeated.</summary>
    public static PipelineState TakeUp(this PipelineState state, DateTimeOffset wallNow)
    {
        if (state.Current is not { } run)
        {
            return state;
        }

        return run.TakenUp < TakeUpsMax
            ? state with { Current = run with { TakenUp = run.TakenUp + 1 } }
            : state.EndStep(GivenUp(run, wallNow), []).End(wallNow);
    }

    /// <summary>A step has ended; one that ended before is not replaced.</summary>
    public static PipelineState EndStep(this PipelineState state, StepResult result, IReadOnlyList<Reading> readings)
    {
        if (state.Current is not { } run || run.Steps.Any(step => step.Name == result.Name))
        {
            return state;
        }

        return state with
        {
            Current = run with { Steps = [.. run.Steps, result] },
            Readings = readings.Count > 0 ? readings : state.Readings,
        };
    }

    public static PipelineState End(this PipelineState state, DateTimeOffset wallNow) => state.Current is { } run
        ? state with { Current = null, History = [run with { EndedAt = wallNow }, .. state.History.Take(HistoryMax - 1)] }
        : state;

    private static StepResult GivenUp(PipelineRun run, DateTimeOffset wallNow) => new()
    {
        Name = "run",
        Succeeded = false,
        Summary = $"Given up: the process ended {run.TakenUp + 1} times while it ran. The silo's log says why.",
        Elapsed = TimeSpan.Zero,
        EndedAt = wallNow,
    };
}
