using Temporalio.Api.Sdk.V1;
using Temporalio.Api.TaskQueue.V1;

namespace Recoup.Embedded.Temporal.Runs;

/// <summary>The life of a workflow task: scheduled, started, completed, failed, timed out.</summary>
internal static class WorkflowTasks
{
    /// <summary>From this attempt on a worker is given more time, attempt by attempt, instead of being asked more often.</summary>
    private const int LongerFromAttempt = 3;

    private static readonly RetryPolicy Longer = new() { InitialInterval = TimeSpan.FromSeconds(5).Proto(), BackoffCoefficient = 2, MaximumInterval = TimeSpan.FromMinutes(10).Proto() };

    public static void Schedule(RunChange change, int attempt = 1, DateTime? originallyScheduledAt = null)
    {
        var run = change.Run;
        run.FirstTaskAt = null;
        var task = new WorkflowTask
        {
            Attempt = attempt,
            ScheduledEventId = run.NextEventId,
            ScheduledAt = change.Now,
            OriginalScheduledAt = originallyScheduledAt ?? change.Now,
            StartToClose = StartToClose(run, attempt),
            StickyQueue = run.Sticky?.Queue,
            StickyExpiresAt = run.Sticky is null ? null : change.Now.Plus(run.Sticky.ScheduleToStart),
        };
        run.Task = task;
        if (!task.IsTransient)
        {
            change.Write(ScheduledEvent(run, task));
        }

        change.TaskScheduled = true;
    }

    /// <summary>Gives the scheduled task to a worker.</summary>
    public static void Start(RunChange change, string identity, string requestId, Limits limits)
    {
        var run = change.Run;
        var task = run.Task!;
        if (task.IsTransient && task.ScheduledEventId != run.NextEventId)
        {
            // Something happened since the last attempt, so this is a task of its own, not another try at the same.
            task.Attempt = 1;
            task.ScheduledEventId = run.NextEventId;
            task.StartToClose = StartToClose(run, 1);
            change.Write(ScheduledEvent(run, task));
        }

        task.StartedAt = change.Now;
        task.Identity = identity;
        task.RequestId = requestId;
        task.StickyExpiresAt = null;
        task.SuggestsContinueAsNew = run.NextEventId > limits.SuggestContinueAsNewEvents || run.HistoryBytes > limits.SuggestContinueAsNewBytes;
        task.HistoryBytes = run.HistoryBytes;
        task.StartedEventId = task.IsTransient ? task.ScheduledEventId + 1 : change.Write(StartedEvent(task)).EventId;
    }

    /// <summary>The events of an attempt that are not in the history yet but are shown to its worker.</summary>
    public static IEnumerable<HistoryEvent> TransientEvents(RunState run, WorkflowTask task)
    {
        var scheduled = ScheduledEvent(run, task);
        scheduled.EventId = task.ScheduledEventId;
        scheduled.EventTime = task.ScheduledAt.Proto();
        var started = StartedEvent(task);
        started.EventId = task.StartedEventId;
        started.EventTime = task.StartedAt.Proto();
        return [scheduled, started];
    }

    /// <summary>Writes that the task was completed; its commands are applied by the caller.</summary>
    /// <returns>The id of the completed event.</returns>
    public static long Complete(RunChange change, string identity, WorkflowTaskCompletedMetadata? sdkMetadata, MeteringMetadata? metering)
    {
        var run = change.Run;
        var task = run.Task!;
        if (task.IsTransient)
        {
            var scheduled = change.Write(ScheduledEvent(run, task, task.ScheduledAt));
            task.ScheduledEventId = scheduled.EventId;
            task.StartedEventId = change.Write(StartedEvent(task, task.StartedAt)).EventId;
        }

        run.Task = null;
        run.PreviousStartedEventId = task.StartedEventId;
        run.Tail.RemoveAll(known => known.EventId <= task.StartedEventId);
        return change.Write(new HistoryEvent
        {
            EventType = EventType.WorkflowTaskCompleted,
            WorkflowTaskCompletedEventAttributes = new()
            {
                ScheduledEventId = task.ScheduledEventId,
                StartedEventId = task.StartedEventId,
                Identity = identity,
                SdkMetadata = sdkMetadata,
                MeteringMetadata = metering,
            },
        }).EventId;
    }

    /// <summary>
    /// Ends the started task as failed. Only the first attempt is written. The next attempt follows at once, on the normal
    /// queue; a task that failed on a sticky queue is first tried again as attempt 1, with the whole history.
    /// </summary>
    public static void Fail(RunChange change, WorkflowTaskFailedCause cause, Failure? failure, string identity, bool reschedules = true)
    {
        var task = change.Run.Task!;
        if (!task.IsTransient)
        {
            change.Write(new HistoryEvent
            {
                EventType = EventType.WorkflowTaskFailed,
                WorkflowTaskFailedEventAttributes = new()
                {
                    ScheduledEventId = task.ScheduledEventId,
                    StartedEventId = task.StartedEventId,
                    Cause = cause,
                    Failure = failure,
                    Identity = identity,
                },
            });
        }

        TryAgain(change, task, reschedules);
    }

    /// <summary>A worker did not answer in time, or the sticky worker did not take the task in time.</summary>
    public static void TimeOut(RunChange change, TimeoutType type)
    {
        var task = change.Run.Task!;
        if (!task.IsTransient)
        {
            change.Write(new HistoryEvent
            {
                EventType = EventType.WorkflowTaskTimedOut,
                WorkflowTaskTimedOutEventAttributes = new() { ScheduledEventId = task.ScheduledEventId, StartedEventId = task.StartedEventId, TimeoutType = type },
            });
        }

        TryAgain(change, task, reschedules: true);
    }

    private static void TryAgain(RunChange change, WorkflowTask task, bool reschedules)
    {
        var run = change.Run;
        var wasSticky = run.Sticky is not null;
        run.Sticky = null;
        run.Task = null;
        var somethingNew = change.FlushBuffered();
        if (reschedules)
        {
            Schedule(change, somethingNew || wasSticky ? 1 : task.Attempt + 1, task.OriginalScheduledAt);
        }
    }

    private static TimeSpan StartToClose(RunState run, int attempt) => attempt <= LongerFromAttempt
        ? run.TaskTimeout
        : run.TaskTimeout + RetryPolicies.Next(Longer, attempt - LongerFromAttempt, null, default, null).Delay;

    private static HistoryEvent ScheduledEvent(RunState run, WorkflowTask task, DateTime? at = null) => new()
    {
        EventType = EventType.WorkflowTaskScheduled,
        EventTime = at.Proto(),
        WorkflowTaskScheduledEventAttributes = new()
        {
            TaskQueue = QueueOf(run, task),
            StartToCloseTimeout = task.StartToClose.Proto(),
            Attempt = task.Attempt,
        },
    };

    private static HistoryEvent StartedEvent(WorkflowTask task, DateTime? at = null) => new()
    {
        EventType = EventType.WorkflowTaskStarted,
        EventTime = at.Proto(),
        WorkflowTaskStartedEventAttributes = new()
        {
            ScheduledEventId = task.ScheduledEventId,
            Identity = task.Identity,
            RequestId = task.RequestId,
            HistorySizeBytes = task.HistoryBytes,
            SuggestContinueAsNew = task.SuggestsContinueAsNew,
        },
    };

    private static TaskQueue QueueOf(RunState run, WorkflowTask task) => task.StickyQueue is null
        ? new() { Name = run.TaskQueue, Kind = TaskQueueKind.Normal }
        : new() { Name = task.StickyQueue, Kind = TaskQueueKind.Sticky, NormalName = run.TaskQueue };
}
