using Recoup.Embedded.Temporal.Matching;
using Recoup.Embedded.Temporal.Runs;
using Temporalio.Api.WorkflowService.V1;

namespace Recoup.Embedded.Temporal.Engine;

/// <summary>Workers asking for work, and what they are given.</summary>
internal sealed partial class RunEngine
{
    /// <summary>So much history goes with a task at once; the rest is read page by page.</summary>
    private const int TaskHistoryBytesMax = 2 << 20;

    /// <returns>An empty answer when there was nothing in the time.</returns>
    public async Task<TAnswer> PollAsync<TAnswer>(QueueKey key, string identity, string instanceKey, TimeSpan wait, CancellationToken cancelled)
        where TAnswer : class, IMessage, new()
    {
        var until = Now + wait;
        while (Now < until)
        {
            var (handed, poller) = await queues.PollAsync(key, identity, instanceKey, until - Now, cancelled);
            if (handed.Task is null)
            {
                break;
            }

            if (handed.Answer is null && cancelled.IsCancellationRequested)
            {
                poller.Queue.Add(handed.Task);
                break;
            }

            // A task that nobody wants any more gives no answer; then the next one is asked for.
            if ((handed.Answer ?? await StartAsync(handed.Task, poller)) is not TAnswer answer)
            {
                continue;
            }

            if (!cancelled.IsCancellationRequested)
            {
                return answer;
            }

            Redeliver(handed.Task, poller.Queue);
            break;
        }

        return new TAnswer();
    }

    /// <summary>The worker hung up while its task was saved as started: the next worker gets it, as it stands.</summary>
    private static void Redeliver(QueuedTask task, TaskQueue queue)
    {
        if (task is QueuedQuery query)
        {
            query.GiveBack();
        }

        queue.Add(task switch
        {
            QueuedWorkflowTask workflowTask => workflowTask with { IsStarted = true },
            QueuedActivity activity => activity with { IsStarted = true },
            _ => task,
        });
    }

    private Task<IMessage?> StartAsync(QueuedTask task, Poller poller) => task switch
    {
        QueuedWorkflowTask workflowTask => StartTaskAsync(workflowTask, poller),
        QueuedActivity activity => StartActivityAsync(activity, poller),
        QueuedQuery query => StartQueryAsync(query, poller),
        _ => throw new InvalidOperationException($"A queue holds a {task.GetType().Name}."),
    };

    private async Task<IMessage?> StartTaskAsync(QueuedWorkflowTask queued, Poller poller)
    {
        using var lease = await executions.EnterAsync(queued.Execution);
        var current = FindCurrent(lease.Execution);
        if (current?.Key != queued.RunKey)
        {
            return null;
        }

        var run = LoadRun(lease.Execution, current.RunId);
        if (!run.IsRunning || run.Task is not { } task || task.ScheduledEventId != queued.ScheduledEventId || task.StartedAt is not null != queued.IsStarted)
        {
            return null;
        }

        if (!queued.IsStarted)
        {
            var change = Begin(run);
            WorkflowTasks.Start(change, poller.Identity, Guid.NewGuid().ToString(), limits);
            await CommitAsync(lease.Execution, [change]);
        }

        return WorkflowTaskAnswer(lease.Execution, run, IsSticky(run, poller));
    }

    private async Task<IMessage?> StartActivityAsync(QueuedActivity queued, Poller poller)
    {
        using var lease = await executions.EnterAsync(queued.Execution);
        var current = FindCurrent(lease.Execution);
        if (current?.Key != queued.RunKey)
        {
            return null;
        }

        var run = LoadRun(lease.Execution, current.RunId);
        if (!run.IsRunning || !run.Activities.TryGetValue(queued.ScheduledEventId, out var activity)
            || activity.InBackoff || activity.Attempt != queued.Attempt || activity.StartedAt is not null != queued.IsStarted)
        {
            return null;
        }

        if (!queued.IsStarted)
        {
            var change = Begin(run);
            Activities.Start(change, activity, poller.Identity, Guid.NewGuid().ToString());
            await CommitAsync(lease.Execution, [change]);
        }

        return ActivityAnswer(run, activity);
    }

    private PollWorkflowTaskQueueResponse WorkflowTaskAnswer(Execution execution, RunState run, bool onlyNew)
    {
        var task = run.Task!;
        var answer = TaskAnswer(run, onlyNew ? run.PreviousStartedEventId + 1 : 1, task.IsTransient);
        answer.TaskToken = Tokens.Write(new TaskToken(run.Namespace, run.WorkflowId, run.RunId, run.Key, task.ScheduledEventId, task.StartedEventId, task.Attempt));
        answer.StartedEventId = task.StartedEventId;
        answer.Attempt = task.Attempt;
        answer.ScheduledTime = task.ScheduledAt.Proto();
        answer.StartedTime = task.StartedAt.Proto();
        foreach (var query in execution.Queries.Where(query => query.RunKey == run.Key))
        {
            answer.Queries[query.Id] = query.Query;
        }

        return answer;
    }

    /// <summary>What tasks and query-only tasks have in common.</summary>
    private PollWorkflowTaskQueueResponse TaskAnswer(RunState run, long firstEventId, bool transient)
    {
        var (history, next) = ReadPage(run.Key, run.RunId, run.Tail, firstEventId, run.NextEventId - 1, TaskHistoryBytesMax);
        if (transient && next is null)
        {
            history.Events.AddRange(WorkflowTasks.TransientEvents(run, run.Task!));
        }

        return new PollWorkflowTaskQueueResponse
        {
            WorkflowExecution = run.Execution,
            WorkflowType = new() { Name = run.WorkflowType },
            PreviousStartedEventId = run.PreviousStartedEventId,
            History = history,
            NextPageToken = next is null ? ByteString.Empty : Tokens.Write(next with { Transient = transient }),
            WorkflowExecutionTaskQueue = new() { Name = run.TaskQueue, Kind = TaskQueueKind.Normal },
        };
    }

    private PollActivityTaskQueueResponse ActivityAnswer(RunState run, PendingActivity activity)
    {
        activity.ScheduledEvent ??= store.ReadEvent(run.Key, activity.ScheduledEventId);
        var scheduled = activity.ScheduledEvent.ActivityTaskScheduledEventAttributes;
        return new PollActivityTaskQueueResponse
        {
            TaskToken = Tokens.Write(new TaskToken(run.Namespace, run.WorkflowId, run.RunId, run.Key, activity.ScheduledEventId, 0, activity.Attempt)),
            WorkflowNamespace = run.Namespace,
            WorkflowType = new() { Name = run.WorkflowType },
            WorkflowExecution = run.Execution,
            ActivityType = scheduled.ActivityType,
            ActivityId = activity.ActivityId,
            Header = scheduled.Header,
            Input = scheduled.Input,
            HeartbeatDetails = activity.HeartbeatDetails,
            ScheduledTime = activity.FirstScheduledAt.Proto(),
            CurrentAttemptScheduledTime = activity.ScheduledAt.Proto(),
            StartedTime = activity.StartedAt.Proto(),
            Attempt = activity.Attempt,
            ScheduleToCloseTimeout = activity.ScheduleToClose.Proto(),
            StartToCloseTimeout = activity.StartToClose.Proto(),
            HeartbeatTimeout = activity.Heartbeat.Proto(),
            RetryPolicy = activity.Retry,
            Priority = MergedPriority(run.Priority, activity.Priority),
        };
    }

    /// <summary>An activity has the priority of its workflow where it has none of its own.</summary>
    private static Priority? MergedPriority(Priority? workflow, Priority? activity)
    {
        if (workflow is null || activity is null)
        {
            return activity ?? workflow;
        }

        var merged = workflow.Clone();
        merged.MergeFrom(activity);
        return merged;
    }
}
