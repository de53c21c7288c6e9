using Temporalio.Api.Command.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Recoup.Embedded.Temporal.Runs;

/// <summary>The first change of a run: started by a client, continued as new, or retried.</summary>
internal static class Starting
{
    /// <summary>A run younger than this continues with a delay, so that one that continues at once does not run in circles.</summary>
    private static readonly TimeSpan ContinueAfter = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan TaskTimeoutDefault = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TaskTimeoutMax = TimeSpan.FromSeconds(120);

    /// <param name="signal">Comes right after the start, before the first workflow task.</param>
    public static RunChange FromClient(StartWorkflowExecutionRequest request, DateTime now, Func<NewRun> newRun, HistoryEvent? signal = null)
    {
        var name = newRun();
        var executionTimeout = request.WorkflowExecutionTimeout.Span();
        var attributes = new WorkflowExecutionStartedEventAttributes
        {
            WorkflowId = request.WorkflowId,
            WorkflowType = request.WorkflowType,
            TaskQueue = Normal(request.TaskQueue.Name),
            Input = request.Input,
            WorkflowExecutionTimeout = executionTimeout.ProtoOrNone(),
            WorkflowRunTimeout = request.WorkflowRunTimeout,
            WorkflowTaskTimeout = request.WorkflowTaskTimeout,
            WorkflowExecutionExpirationTime = executionTimeout == TimeSpan.Zero ? null : now.Plus(executionTimeout).Proto(),
            OriginalExecutionRunId = name.RunId,
            FirstExecutionRunId = name.RunId,
            Identity = request.Identity,
            RetryPolicy = request.RetryPolicy is null ? null : RetryPolicies.WithDefaults(request.RetryPolicy),
            Attempt = 1,
            FirstWorkflowTaskBackoff = request.WorkflowStartDelay ?? new Duration(),
            Memo = request.Memo,
            SearchAttributes = request.SearchAttributes,
            Header = request.Header,
            Priority = request.Priority,
            LastCompletionResult = request.LastCompletionResult,
            ContinuedFailure = request.ContinuedFailure,
        };
        return Begin(attributes, request.Namespace, request.RequestId, request.UserMetadata, name, now, now, newRun, signal);
    }

    /// <summary>The workflow continues as new: what the command does not name is not carried over, but for the time-outs.</summary>
    public static RunChange Continued(RunChange change, ContinueAsNewWorkflowExecutionCommandAttributes command)
    {
        var run = change.Run;
        var name = change.NewRun();
        var delay = command.BackoffStartInterval.Span();
        var tooYoung = ContinueAfter - (change.Now - run.StartedAt);
        var attributes = new WorkflowExecutionStartedEventAttributes
        {
            WorkflowId = run.WorkflowId,
            WorkflowType = new() { Name = command.WorkflowType?.Name is { Length: > 0 } type ? type : run.WorkflowType },
            TaskQueue = Normal(command.TaskQueue?.Name is { Length: > 0 } queue ? queue : run.TaskQueue),
            Input = command.Input,
            WorkflowExecutionTimeout = run.ExecutionTimeout.ProtoOrNone(),
            WorkflowRunTimeout = command.WorkflowRunTimeout.Span() == TimeSpan.Zero ? run.RunTimeout.Proto() : command.WorkflowRunTimeout,
            WorkflowTaskTimeout = command.WorkflowTaskTimeout.Span() == TimeSpan.Zero ? run.TaskTimeout.Proto() : command.WorkflowTaskTimeout,
            WorkflowExecutionExpirationTime = run.ExecutionExpiresAt.Proto(),
            ContinuedExecutionRunId = run.RunId,
            Initiator = command.Initiator == ContinueAsNewInitiator.Unspecified ? ContinueAsNewInitiator.Workflow : command.Initiator,
            ContinuedFailure = command.Failure,
            LastCompletionResult = command.LastCompletionResult,
            OriginalExecutionRunId = name.RunId,
            FirstExecutionRunId = run.FirstRunId,
            RetryPolicy = command.RetryPolicy is null ? null : RetryPolicies.WithDefaults(command.RetryPolicy),
            Attempt = 1,
            FirstWorkflowTaskBackoff = (delay > TimeSpan.Zero ? delay : tooYoung > TimeSpan.Zero ? tooYoung : TimeSpan.Zero).Proto(),
            Memo = command.Memo,
            SearchAttributes = command.SearchAttributes,
            Header = command.Header,
            Priority = run.Priority,
        };
        return Begin(attributes, run.Namespace, Guid.NewGuid().ToString(), null, name, change.Now, run.OriginalStartedAt, change.NewRun);
    }

    /// <summary>The run failed or timed out, and its retry policy allows another: the same start, one attempt later.</summary>
    public static RunChange Retry(RunChange change, TimeSpan delay, Failure failure)
    {
        var run = change.Run;
        var name = change.NewRun();
        var attributes = (run.StartedEvent ?? throw new InvalidOperationException($"The first event of run {run.RunId} is not loaded."))
            .WorkflowExecutionStartedEventAttributes.Clone();
        attributes.ContinuedExecutionRunId = run.RunId;
        attributes.OriginalExecutionRunId = name.RunId;
        attributes.Initiator = ContinueAsNewInitiator.Retry;
        attributes.ContinuedFailure = failure;
        attributes.Attempt = run.Attempt + 1;
        attributes.FirstWorkflowTaskBackoff = delay.Proto();
        return Begin(attributes, run.Namespace, Guid.NewGuid().ToString(), run.UserMetadata, name, change.Now, run.OriginalStartedAt, change.NewRun);
    }

    private static RunChange Begin(
        WorkflowExecutionStartedEventAttributes started,
        string ns,
        string requestId,
        UserMetadata? metadata,
        NewRun name,
        DateTime now,
        DateTime originalStartedAt,
        Func<NewRun> newRun,
        HistoryEvent? signal = null)
    {
        var (runTimeout, taskTimeout) = Clamp(started);
        var delay = started.FirstWorkflowTaskBackoff.Span();
        DateTime? executionExpiresAt = started.WorkflowExecutionExpirationTime?.ToDateTime();
        var run = new RunState
        {
            Key = name.Key,
            Namespace = ns,
            WorkflowId = started.WorkflowId,
            RunId = name.RunId,
            FirstRunId = started.FirstExecutionRunId,
            WorkflowType = started.WorkflowType.Name,
            TaskQueue = started.TaskQueue.Name,
            StartRequestId = requestId,
            Attempt = started.Attempt,
            StartedAt = now,
            ExecutionAt = now.Plus(delay),
            OriginalStartedAt = originalStartedAt,
            ExecutionTimeout = started.WorkflowExecutionTimeout.Span(),
            RunTimeout = runTimeout,
            TaskTimeout = taskTimeout,
            ExecutionExpiresAt = executionExpiresAt,
            RunExpiresAt = Times.Earlier(runTimeout > TimeSpan.Zero ? now.Plus(delay).Plus(runTimeout) : null, executionExpiresAt),
            Retry = started.RetryPolicy,
            Priority = started.Priority,
            UserMetadata = metadata,
            FirstTaskAt = delay > TimeSpan.Zero ? now.Plus(delay) : null,
            Memo = started.Memo,
            SearchAttributes = started.SearchAttributes,
        };
        var change = new RunChange(run, now, newRun) { VisibilityChanged = true };
        run.StartedEvent = change.Write(new HistoryEvent { EventType = EventType.WorkflowExecutionStarted, UserMetadata = metadata, WorkflowExecutionStartedEventAttributes = started });
        if (signal is not null)
        {
            change.Write(signal);
            if (signal.WorkflowExecutionSignaledEventAttributes.RequestId is { Length: > 0 } signalId)
            {
                run.RequestIds = [signalId];
            }
        }

        change.EnsureTask();
        return change;
    }

    /// <summary>No run outlives the execution, and no workflow task outlives its run.</summary>
    private static (TimeSpan Run, TimeSpan Task) Clamp(WorkflowExecutionStartedEventAttributes started)
    {
        var run = Times.LeastSet(started.WorkflowRunTimeout.Span(), started.WorkflowExecutionTimeout.Span());
        var task = started.WorkflowTaskTimeout.Span() == TimeSpan.Zero ? TaskTimeoutDefault : Times.Least(started.WorkflowTaskTimeout.Span(), TaskTimeoutMax);
        task = Times.LeastSet(task, run);
        started.WorkflowRunTimeout = run.ProtoOrNone();
        started.WorkflowTaskTimeout = task.Proto();
        return (run, task);
    }

    private static QueueName Normal(string queue) => new() { Name = queue, Kind = TaskQueueKind.Normal };
}
