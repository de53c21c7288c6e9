using Recoup.Embedded.Temporal.Matching;
using Recoup.Embedded.Temporal.Runs;
using Recoup.Embedded.Temporal.Storage;

namespace Recoup.Embedded.Temporal.Engine;

/// <summary>
/// The way of a change to the disk and out. If a worker waits for a task that the change schedules, the task is started in
/// the same commit: that saves one write to the disk of every two.
/// </summary>
internal sealed partial class RunEngine
{
    private async Task CommitAsync(Execution execution, IReadOnlyList<RunChange> first)
    {
        var changes = first.SelectMany(change => change.Next is null ? [change] : new[] { change, change.Next }).ToList();
        var handovers = new List<Handover>();
        try
        {
            foreach (var change in changes)
            {
                EnforceHistoryLimits(change);
                StartForWaitingWorkers(change, handovers);
            }

            await store.WriteAsync(changes.ConvertAll(WriteOf));
        }
        catch
        {
            execution.Forget();
            foreach (var handover in handovers)
            {
                handover.Poller.Queue.Return(handover.Poller);
            }

            throw;
        }

        foreach (var change in changes)
        {
            Remember(execution, change.Run);
            timers.Set(change.Run.Key, Due.Next(change.Run));
            Waiters.Changed(change.Run.Key, isClosed: !change.Run.IsRunning);
        }

        foreach (var change in changes)
        {
            Enqueue(change);
        }

        DispatchQueries(execution);
        HandOver(execution, handovers);
    }

    private void EnforceHistoryLimits(RunChange change)
    {
        if (change.Run.IsRunning && change.Run.NextEventId - 1 > limits.HistoryEventsMax)
        {
            Closing.Terminate(change, "Workflow history count exceeds limit.", null, "history-service");
        }
        else if (change.Run.IsRunning && change.Run.HistoryBytes > limits.HistoryBytesMax)
        {
            Closing.Terminate(change, "Workflow history size exceeds limit.", null, "history-service");
        }
    }

    private void StartForWaitingWorkers(RunChange change, List<Handover> handovers)
    {
        var run = change.Run;
        if (change.TaskScheduled && queues[QueueOfTask(run)].TryReserve() is { } worker)
        {
            WorkflowTasks.Start(change, worker.Identity, Guid.NewGuid().ToString(), limits);
            change.TaskScheduled = false;
            handovers.Add(new Handover(worker, run, null));
        }

        foreach (var scheduledEventId in change.ActivitiesScheduled.ToArray())
        {
            if (run.Activities.TryGetValue(scheduledEventId, out var activity) && queues[QueueOf(run, activity)].TryReserve() is { } activityWorker)
            {
                Activities.Start(change, activity, activityWorker.Identity, Guid.NewGuid().ToString());
                change.ActivitiesScheduled.Remove(scheduledEventId);
                handovers.Add(new Handover(activityWorker, run, activity));
            }
        }
    }

    private static RunWrite WriteOf(RunChange change)
    {
        var run = change.Run;
        var events = new History();
        events.Events.AddRange(change.Written);
        return new RunWrite(
            run.Key,
            RunStateCodec.Write(run),
            Due.Next(run),
            HasUndelivered(run),
            change.Written.Count == 0 ? 0 : change.Written[0].EventId,
            change.Written.Count == 0 ? 0 : change.Written[^1].EventId,
            events.ToByteArray(),
            change.VisibilityChanged ? VisibilityRows.Of(run) : null);
    }

    private static bool HasUndelivered(RunState run) => run.IsRunning
        && (run.Task is { StartedAt: null } || run.Activities.Values.Any(activity => activity is { StartedAt: null, InBackoff: false }));

    private static void Remember(Execution execution, RunState run)
    {
        if (execution.Current is not null && execution.Current.Key > run.Key)
        {
            return; // An older run of the chain; only the newest is kept.
        }

        execution.Current = new RunReference(run.Key, execution.Key, run.RunId, run.Status);
        execution.CurrentIsKnown = true;
        execution.State = run;
    }

    /// <summary>The queue on which the run's task is handed out. A sticky queue that nobody polls is passed over, whatever the event says.</summary>
    private QueueKey QueueOfTask(RunState run)
    {
        if (run.Task?.StickyQueue is { } sticky)
        {
            var key = new QueueKey(run.Namespace, sticky, TaskQueueType.Workflow);
            if (queues.Find(key)?.WasPolledRecently() == true)
            {
                return key;
            }
        }

        return NormalQueueOf(run);
    }

    private static QueueKey NormalQueueOf(RunState run) => new(run.Namespace, run.TaskQueue, TaskQueueType.Workflow);

    private static QueueKey QueueOf(RunState run, PendingActivity activity) => new(run.Namespace, activity.TaskQueue, TaskQueueType.Activity);

    private void Enqueue(RunChange change)
    {
        if (change.TaskScheduled && change.Run.Task is { StartedAt: null })
        {
            EnqueueTask(change.Run);
        }

        foreach (var scheduledEventId in change.ActivitiesScheduled)
        {
            if (change.Run.Activities.TryGetValue(scheduledEventId, out var activity))
            {
                EnqueueActivity(change.Run, activity);
            }
        }
    }

    /// <summary>All that no worker has, after a restart.</summary>
    private void Enqueue(RunState run)
    {
        if (run.Task is { StartedAt: null })
        {
            EnqueueTask(run);
        }

        foreach (var activity in run.Activities.Values.Where(activity => activity is { StartedAt: null, InBackoff: false }))
        {
            EnqueueActivity(run, activity);
        }
    }

    private void EnqueueTask(RunState run) => queues[QueueOfTask(run)].Add(QueuedTaskOf(run));

    private void EnqueueActivity(RunState run, PendingActivity activity) => queues[QueueOf(run, activity)].Add(QueuedActivityOf(run, activity));

    private static QueuedWorkflowTask QueuedTaskOf(RunState run) =>
        new(new ExecutionKey(run.Namespace, run.WorkflowId), run.Key, run.Task!.ScheduledEventId, run.TaskQueue);

    private static QueuedActivity QueuedActivityOf(RunState run, PendingActivity activity) =>
        new(new ExecutionKey(run.Namespace, run.WorkflowId), run.Key, activity.ScheduledEventId, activity.Attempt);

    private void HandOver(Execution execution, List<Handover> handovers)
    {
        foreach (var (poller, run, activity) in handovers)
        {
            IMessage answer = activity is null
                ? WorkflowTaskAnswer(execution, run, IsSticky(run, poller))
                : ActivityAnswer(run, activity);
            QueuedTask task = activity is null ? QueuedTaskOf(run) : QueuedActivityOf(run, activity);
            if (!poller.Hand(new Handed(answer, task)))
            {
                Redeliver(task, poller.Queue);
            }
        }
    }

    private static bool IsSticky(RunState run, Poller poller) => poller.Queue.Key.Name == run.Task?.StickyQueue;

    private sealed record Handover(Poller Poller, RunState Run, PendingActivity? Activity);
}
