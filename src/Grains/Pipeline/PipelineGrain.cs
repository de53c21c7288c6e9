using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Recoup.Clock;
using Recoup.Customers;
using Recoup.Pipeline.Steps;

namespace Recoup.Pipeline;

/// <summary>
/// Runs the pipeline, one run at a time, step by step. What is wanted and what is done is saved before it is acted on: a run that died with its process
/// is taken up by the next activation, which the attention sweep makes, and goes on after the last step that ended. Every step may be repeated.
/// <para>
/// Reentrant, so that the status can be asked for during a write; what that needs is written at <see cref="CoalescedState{T}"/>. Should two silos of a
/// split cluster run it for a moment, the second save of the same version is refused, and that activation stops before its next step.
/// </para>
/// </summary>
[Reentrant]
[SuppressMessage("Design", "CA1001", Justification = "The token source holds no handle, and work under way may still use it.")]
public sealed partial class PipelineGrain(
    [PersistentState("pipeline", "recoup")] IPersistentState<PipelineState> store,
    IEnumerable<IPipelineStep> steps,
    IBusinessClock clock,
    TimeProvider time,
    IOptions<PipelineOptions> options,
    ILogger<PipelineGrain> logger) : Grain, IPipelineGrain
{
    /// <summary>Wall time after which the sweep looks at what has not moved by itself; at start it looks at once.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource stopping = new();
    private CoalescedState<PipelineState> state = null!;
    private long? ownRun;
    private bool isDriving;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        state = new CoalescedState<PipelineState>(store);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stopping.Cancel();
        return Task.CompletedTask;
    }

    public async Task<bool> FireAsync(DateTimeOffset slot)
    {
        var isNew = false;
        await ChangeAsync(current =>
        {
            var next = current.Fire(slot);
            isNew = !ReferenceEquals(next, current);
            return next;
        });
        Drive();
        return isNew;
    }

    public async Task<long> RequestAsync()
    {
        var number = 0L;
        await ChangeAsync(current =>
        {
            var next = current.Request();
            number = next.QueuedNumber()!.Value;
            return next;
        });
        Drive();
        return number;
    }

    public Task<PipelineStatus> GetStatusAsync() => Task.FromResult(state.Saved.ToStatus(options.Value.Cron));

    public Task ResumeAsync()
    {
        Drive();
        return Task.CompletedTask;
    }

    private void Drive()
    {
        if (!isDriving)
        {
            isDriving = true;
            _ = DriveAsync();
        }
    }

    private async Task DriveAsync()
    {
        try
        {
            DelayDeactivation(TimeSpan.FromDays(1));
            while (state.Saved.Current is not null || state.Saved.Queued is not null)
            {
                await RunAsync();
            }

            DelayDeactivation(TimeSpan.Zero);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The activation is closing; the next one takes the run up.
        }
        catch (Exception exception)
        {
            // The state could not be written, so nothing goes on from here: another activation starts from what is on disk.
            LogInterrupted(exception);
            DeactivateOnIdle();
        }
        finally
        {
            isDriving = false;
        }
    }

    private async Task RunAsync()
    {
        if (state.Saved.Current is { } found && found.Number != ownRun)
        {
            LogTakenUp(found.Number, found.Steps.Count);
            await ChangeAsync(current => current.TakeUp(time.GetUtcNow()));
        }

        await ChangeAsync(current => current.StartNext(clock.UtcNow));
        ownRun = state.Saved.Current?.Number;
        while (state.Saved.Current is { } run && NextStep(run) is { } step)
        {
            await TakeStepAsync(step, run);
        }

        await ChangeAsync(current => current.End(time.GetUtcNow()));
        LogEnded(state.Saved.History[0].Number, state.Saved.History[0].Succeeded);
    }

    private IPipelineStep? NextStep(PipelineRun run) => steps.FirstOrDefault(step => run.Steps.All(ended => ended.Name != step.Name));

    private async Task TakeStepAsync(IPipelineStep step, PipelineRun run)
    {
        var start = time.GetTimestamp();
        var report = await PipelineWork.DoAsync(step, run, stopping.Token);
        if (report.Readings.Count > 0)
        {
            // Before the step counts as done: after a crash it is told again, and known by the run's number.
            await GrainFactory.GetGrain<IAlertGrain>(IAlertGrain.Key).ObserveAsync(run.Number, report.Readings);
        }

        var result = new StepResult
        {
            Name = step.Name,
            Succeeded = report.Succeeded,
            Summary = report.Summary,
            Elapsed = time.GetElapsedTime(start),
            EndedAt = time.GetUtcNow(),
        };
        await ChangeAsync(current => current.EndStep(result, report.Readings));
        PipelineMetrics.StepEnded(result);
        LogStep(run.Number, result.Name, result.Succeeded, result.Summary);
    }

    /// <summary>Every change sets when the grain must be looked at next, in the same write.</summary>
    private Task ChangeAsync(Func<PipelineState, PipelineState> change) => state.ChangeAsync(current =>
    {
        var next = change(current);
        var isIdle = next is { Current: null, Queued: null };
        return ReferenceEquals(next, current) ? current : next with { AttentionAt = isIdle ? null : time.GetUtcNow() + Patience };
    });

    [LoggerMessage(7001, LogLevel.Information, "Run {Number} of the pipeline: {Step} {Succeeded}: {Summary}")]
    private partial void LogStep(long number, string step, bool succeeded, string summary);

    [LoggerMessage(7002, LogLevel.Information, "Run {Number} of the pipeline ended, all well: {Succeeded}")]
    private partial void LogEnded(long number, bool succeeded);

    [LoggerMessage(7003, LogLevel.Warning, "Run {Number} of the pipeline was left behind after {Steps} steps and is taken up")]
    private partial void LogTakenUp(long number, int steps);

    [LoggerMessage(7004, LogLevel.Error, "The pipeline stopped because its state could not be saved; it is taken up from what is on disk")]
    private partial void LogInterrupted(Exception exception);
}
