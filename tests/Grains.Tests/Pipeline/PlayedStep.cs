using System.Collections.Concurrent;
using Recoup.Pipeline;
using Recoup.Pipeline.Steps;

namespace Recoup.Grains.Tests.Pipeline;

/// <summary>A step that counts its calls, and may be held up or fail.</summary>
internal sealed class PlayedStep(string name) : IPipelineStep
{
    private int underWay;

    public string Name => name;

    /// <summary>Numbers of the runs that it was called for.</summary>
    public ConcurrentQueue<long> Runs { get; } = new();

    public int AtOnceMax { get; private set; }

    /// <summary>While it is set, calls wait for it.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public string? Fails { get; set; }

    public IReadOnlyList<Reading> Readings { get; set; } = [];

    public async Task<StepReport> RunAsync(PipelineRun run, CancellationToken cancellation)
    {
        Runs.Enqueue(run.Number);
        AtOnceMax = Math.Max(AtOnceMax, Interlocked.Increment(ref underWay));
        try
        {
            await (Gate?.Task.WaitAsync(cancellation) ?? Task.CompletedTask);
            return Fails is null ? new StepReport(true, "done") { Readings = Readings } : throw new InvalidOperationException(Fails);
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }
}
