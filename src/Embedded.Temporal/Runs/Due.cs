namespace Recoup.Embedded.Temporal.Runs;

/// <summary>Everything of a run that happens by the clock: when the next thing is due, and what happens then.</summary>
internal static class Due
{
    /// <summary>The earliest time at which <see cref="Apply"/> has something to do; null if nothing waits for the clock.</summary>
    public static DateTime? Next(RunState run)
    {
        if (!run.IsRunning)
        {
            return null;
        }

        var next = Times.Earlier(run.FirstTaskAt, Times.Earlier(run.RunExpiresAt, TaskDeadline(run)));
        foreach (var timer in run.Timers.Values)
        {
            next = Times.Earlier(next, timer.DueAt);
        }

        foreach (var activity in run.Activities.Values)
        {
            next = Times.Earlier(next, activity.InBackoff ? activity.ScheduledAt : null);
            next = Times.Earlier(next, Activities.Deadline(activity)?.At);
        }

        return next;
    }

    /// <summary>Does all that is due. Doing it twice does nothing the second time.</summary>
    public static void Apply(RunChange change)
    {
        var run = change.Run;
        if (run.IsRunning && run.RunExpiresAt <= change.Now)
        {
            Closing.TimeOut(change);
            return;
        }

        if (!run.IsRunning)
        {
            return;
        }

        ApplyTaskDeadline(change);
        foreach (var activity in run.Activities.Values.ToArray())
        {
            DispatchAfterBackoff(change, activity);
            if (Activities.Deadline(activity) is { } deadline && deadline.At <= change.Now)
            {
                Activities.TimeOut(change, activity, deadline.Type);
            }
        }

        FireTimers(change);
        if (run.FirstTaskAt <= change.Now)
        {
            run.FirstTaskAt = null;
            change.EnsureTask();
        }
    }

    /// <summary>Hands an activity to its queue again if the delay before this attempt is over.</summary>
    public static void DispatchAfterBackoff(RunChange change, PendingActivity activity)
    {
        if (activity.InBackoff && activity.ScheduledAt <= change.Now)
        {
            activity.InBackoff = false;
            change.ActivitiesScheduled.Add(activity.ScheduledEventId);
        }
    }

    private static DateTime? TaskDeadline(RunState run) => run.Task is not { } task
        ? null
        : task.StartedAt is { } startedAt ? startedAt.Plus(task.StartToClose) : task.StickyExpiresAt;

    private static void ApplyTaskDeadline(RunChange change)
    {
        if (TaskDeadline(change.Run) <= change.Now)
        {
            WorkflowTasks.TimeOut(change, change.Run.TaskIsStarted ? TimeoutType.StartToClose : TimeoutType.ScheduleToStart);
        }
    }

    private static void FireTimers(RunChange change)
    {
        var due = change.Run.Timers.Where(timer => timer.Value.DueAt <= change.Now).OrderBy(timer => timer.Value.DueAt).ThenBy(timer => timer.Value.StartedEventId).ToArray();
        foreach (var (id, timer) in due)
        {
            change.Run.Timers.Remove(id);
            change.Record(new HistoryEvent
            {
                EventType = EventType.TimerFired,
                TimerFiredEventAttributes = new() { TimerId = id, StartedEventId = timer.StartedEventId },
            });
        }

        if (due.Length > 0)
        {
            change.EnsureTask();
        }
    }
}
