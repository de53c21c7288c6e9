using Recoup.Embedded.Temporal.Storage;
using Temporalio.Api.Query.V1;

namespace Recoup.Embedded.Temporal.Matching;

/// <summary>A task queue: workflow and activity tasks of one name are apart.</summary>
internal readonly record struct QueueKey(string Namespace, string Name, TaskQueueType Type);

/// <summary>What waits in a queue. It only points at the run: whether the task is still wanted, the run knows when it is handed out.</summary>
internal abstract record QueuedTask(ExecutionKey Execution, long RunKey);

/// <param name="NormalQueue">Where it goes when its sticky queue is shut down.</param>
/// <param name="IsStarted">It is saved as started, but the worker that was to have it hung up: another gets it as it is.</param>
internal sealed record QueuedWorkflowTask(ExecutionKey Execution, long RunKey, long ScheduledEventId, string NormalQueue, bool IsStarted = false) : QueuedTask(Execution, RunKey);

/// <param name="IsStarted">As with workflow tasks.</param>
internal sealed record QueuedActivity(ExecutionKey Execution, long RunKey, long ScheduledEventId, int Attempt, bool IsStarted = false) : QueuedTask(Execution, RunKey);

/// <summary>A question to a workflow that a worker answers without changing its history.</summary>
internal sealed record QueuedQuery(ExecutionKey Execution, long RunKey, string RunId, string Id, WorkflowQuery Query) : QueuedTask(Execution, RunKey)
{
    private int taken;

    public TaskCompletionSource<QueryOutcome> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource PickedUp { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The worker that took it hung up.</summary>
    public void GiveBack() => Interlocked.Exchange(ref taken, 0);

    /// <summary>True for the first that takes it: it may stand in two queues.</summary>
    public bool TryTake()
    {
        var first = Interlocked.Exchange(ref taken, 1) == 0 && !Answered.Task.IsCompleted;
        PickedUp.TrySetResult();
        return first;
    }
}

/// <summary>A worker's answer to a query, or why there is none.</summary>
internal sealed record QueryOutcome(Payloads? Result, string? ErrorMessage, Failure? Failure, bool NotReady = false);
