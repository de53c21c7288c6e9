namespace Recoup.Embedded.Temporal.Runs;

/// <summary>The ends of a run: by its own command, by the clock, or by force; and whether another run follows.</summary>
internal static class Closing
{
    public static void Complete(RunChange change, Payloads? result, long completedEventId)
    {
        change.Write(new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionCompleted,
            WorkflowExecutionCompletedEventAttributes = new() { Result = result, WorkflowTaskCompletedEventId = completedEventId },
        });
        Close(change, WorkflowExecutionStatus.Completed);
    }

    public static void Cancel(RunChange change, Payloads? details, long completedEventId)
    {
        change.Write(new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionCanceled,
            WorkflowExecutionCanceledEventAttributes = new() { Details = details, WorkflowTaskCompletedEventId = completedEventId },
        });
        Close(change, WorkflowExecutionStatus.Canceled);
    }

    /// <summary>The workflow failed: by its retry policy another run may follow.</summary>
    public static void Fail(RunChange change, Failure failure, long completedEventId)
    {
        var (state, delay) = NextAttempt(change, failure);
        Retry(change, state, delay, failure);
        change.Write(new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionFailed,
            WorkflowExecutionFailedEventAttributes = new()
            {
                Failure = failure,
                RetryState = state,
                WorkflowTaskCompletedEventId = completedEventId,
                NewExecutionRunId = change.Next?.Run.RunId ?? "",
            },
        });
        Close(change, WorkflowExecutionStatus.Failed);
    }

    /// <summary>The time of the run, or of the whole execution, is over.</summary>
    public static void TimeOut(RunChange change)
    {
        var run = change.Run;
        var failure = new Failure { Message = "workflow timeout", Source = "Server", TimeoutFailureInfo = new() { TimeoutType = TimeoutType.StartToClose } };
        var (state, delay) = run.ExecutionExpiresAt <= change.Now ? (RetryState.Timeout, TimeSpan.Zero) : NextAttempt(change, failure);
        FailTaskByForce(change);
        Retry(change, state, delay, failure);
        change.Write(new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionTimedOut,
            WorkflowExecutionTimedOutEventAttributes = new() { RetryState = state, NewExecutionRunId = change.Next?.Run.RunId ?? "" },
        });
        Close(change, WorkflowExecutionStatus.TimedOut);
    }

    public static void Terminate(RunChange change, string reason, Payloads? details, string identity)
    {
        FailTaskByForce(change);
        change.Write(new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionTerminated,
            WorkflowExecutionTerminatedEventAttributes = new() { Reason = reason, Details = details, Identity = identity },
        });
        Close(change, WorkflowExecutionStatus.Terminated);
    }

    public static void Close(RunChange change, WorkflowExecutionStatus status)
    {
        var run = change.Run;
        run.Status = status;
        run.ClosedAt = change.Now;
        run.Task = null;
        run.FirstTaskAt = null;
        change.TaskScheduled = false;
        change.ActivitiesScheduled.Clear();
        change.VisibilityChanged = true;
    }

    private static void FailTaskByForce(RunChange change)
    {
        if (change.Run.TaskIsStarted)
        {
            WorkflowTasks.Fail(change, WorkflowTaskFailedCause.ForceCloseCommand, null, "", reschedules: false);
        }

        change.FlushBuffered();
    }

    private static (RetryState State, TimeSpan Delay) NextAttempt(RunChange change, Failure failure) =>
        RetryPolicies.Next(change.Run.Retry, change.Run.Attempt, failure, change.Now, change.Run.ExecutionExpiresAt);

    private static void Retry(RunChange change, RetryState state, TimeSpan delay, Failure failure)
    {
        if (state == RetryState.InProgress)
        {
            change.Next = Starting.Retry(change, delay, failure);
        }
    }
}
