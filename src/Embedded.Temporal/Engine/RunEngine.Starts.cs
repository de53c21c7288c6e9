using Recoup.Embedded.Temporal.Runs;
using Recoup.Embedded.Temporal.Storage;
using Temporalio.Api.WorkflowService.V1;

namespace Recoup.Embedded.Temporal.Engine;

/// <summary>Clients starting, signalling, cancelling and ending workflows.</summary>
internal sealed partial class RunEngine
{
    /// <summary>Starts a run, unless the id's policies or an earlier call of the same request say otherwise.</summary>
    /// <param name="signal">Goes to the run that is there, or to the new one right after its start.</param>
    public async Task<StartOutcome> StartAsync(StartWorkflowExecutionRequest request, SignalWorkflowExecutionRequest? signal = null)
    {
        using var lease = await executions.EnterAsync(new ExecutionKey(request.Namespace, request.WorkflowId));
        var current = FindCurrent(lease.Execution) is { } known ? LoadRun(lease.Execution, known.RunId) : null;
        if (current is not null && request.RequestId.Length > 0 && current.StartRequestId == request.RequestId)
        {
            return new StartOutcome(current.RunId, Started: true, current.Status);
        }

        if (current is { IsRunning: true })
        {
            return await StartOverRunningAsync(lease.Execution, current, request, signal);
        }

        if (current is not null && StartPolicies.Refusal(request, current) is { } refusal)
        {
            throw refusal;
        }

        return await StartNewAsync(lease.Execution, request, signal, []);
    }

    public async Task SignalAsync(SignalWorkflowExecutionRequest request)
    {
        await ChangeAsync(new ExecutionKey(request.Namespace, request.WorkflowExecution.WorkflowId), request.WorkflowExecution.RunId, change => Signal(change, request));
    }

    public async Task RequestCancelAsync(RequestCancelWorkflowExecutionRequest request)
    {
        using var lease = await executions.EnterAsync(new ExecutionKey(request.Namespace, request.WorkflowExecution.WorkflowId));
        var run = LoadRun(lease.Execution, request.WorkflowExecution.RunId);
        if (!run.IsRunning)
        {
            return; // Too late is as good as done.
        }

        RefuseOtherChain(run, request.FirstExecutionRunId);
        var change = Begin(run);
        Signals.RequestCancel(change, request);
        await CommitAsync(lease.Execution, [change]);
    }

    public Task TerminateAsync(TerminateWorkflowExecutionRequest request) => ChangeAsync(
        new ExecutionKey(request.Namespace, request.WorkflowExecution.WorkflowId),
        request.WorkflowExecution.RunId,
        change =>
        {
            RefuseOtherChain(change.Run, request.FirstExecutionRunId);
            Closing.Terminate(change, request.Reason.Length > 0 ? request.Reason : "terminated by user via frontend", request.Details, request.Identity);
            return true;
        });

    /// <summary>Takes a run out of the store; one that still runs is ended first.</summary>
    public async Task DeleteAsync(ExecutionKey key, string runId)
    {
        using var lease = await executions.EnterAsync(key);
        var run = LoadRun(lease.Execution, runId);
        timers.Set(run.Key, null);
        await store.WriteAsync(connection => Retention.Delete(connection, [run.Key]));
        lease.Execution.Forget();
        Waiters.Changed(run.Key, isClosed: true);
    }

    private bool Signal(RunChange change, SignalWorkflowExecutionRequest request)
    {
        if (change.Run.SignalCount >= limits.SignalsMax)
        {
            throw Refusals.InvalidArgument($"exceeded workflow execution limit for signal events: {limits.SignalsMax}");
        }

        Signals.Signal(change, request.SignalName, request.Input, request.Header, request.Identity, request.RequestId);
        return true;
    }

    private static void RefuseOtherChain(RunState run, string firstRunId)
    {
        if (firstRunId.Length > 0 && firstRunId != run.FirstRunId)
        {
            throw Refusals.NotFound("workflow execution not found");
        }
    }

    private async Task<StartOutcome> StartOverRunningAsync(Execution execution, RunState current, StartWorkflowExecutionRequest request, SignalWorkflowExecutionRequest? signal)
    {
        if (StartPolicies.TerminatesRunning(request))
        {
            return await StartNewAsync(execution, request, signal, [Begin(current)]);
        }

        if (signal is not null)
        {
            var change = Begin(current);
            Guarded(execution, change, applied => Signal(applied, signal));
            await CommitAsync(execution, [change]);
            return new StartOutcome(current.RunId, Started: false, current.Status);
        }

        return request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.UseExisting
            ? new StartOutcome(current.RunId, Started: false, current.Status)
            : throw Refusals.AlreadyStarted(
                $"Workflow execution is already running. WorkflowId: {current.WorkflowId}, RunId: {current.RunId}.",
                current.StartRequestId,
                current.RunId);
    }

    private async Task<StartOutcome> StartNewAsync(Execution execution, StartWorkflowExecutionRequest request, SignalWorkflowExecutionRequest? signal, List<RunChange> changes)
    {
        var signaled = signal is null ? null : Signals.SignaledEvent(signal.SignalName, signal.Input, signal.Header, signal.Identity, signal.RequestId);
        var started = Starting.FromClient(request, Now, store.NewRun, signaled);
        foreach (var replaced in changes)
        {
            var details = new Payloads();
            details.Payloads_.Add(Activities.JsonPayload($"\"terminated by new runID: {started.Run.RunId}\""));
            Closing.Terminate(replaced, "TerminateIfRunning WorkflowIdReusePolicy", details, "history-service");
        }

        await CommitAsync(execution, [.. changes, started]);
        return new StartOutcome(started.Run.RunId, Started: true, WorkflowExecutionStatus.Running);
    }
}

/// <summary>The run that a start led to, and whether it is a new one.</summary>
internal sealed record StartOutcome(string RunId, bool Started, WorkflowExecutionStatus Status);
