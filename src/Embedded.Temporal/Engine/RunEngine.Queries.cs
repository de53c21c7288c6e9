using System.Collections.Concurrent;
using Recoup.Embedded.Temporal.Matching;
using Recoup.Embedded.Temporal.Runs;
using Recoup.Embedded.Temporal.Storage;
using Temporalio.Api.Query.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Recoup.Embedded.Temporal.Engine;

/// <summary>
/// Questions to workflows. While no workflow task is about, a query is a task of its own; else it goes with the next
/// workflow task, so that the answer includes what that task does.
/// </summary>
internal sealed partial class RunEngine
{
    /// <summary>A workflow whose task failed so often cannot answer.</summary>
    private const int FailedAttemptsMax = 3;

    private readonly ConcurrentDictionary<string, QueuedQuery> askedQueries = new(StringComparer.Ordinal);

    public async Task<QueryWorkflowResponse> QueryAsync(QueryWorkflowRequest request, CancellationToken cancelled)
    {
        var key = new ExecutionKey(request.Namespace, request.Execution.WorkflowId);
        await FirstTaskAsync(key, request.Execution.RunId, cancelled);
        var (query, rejected, stickyWait) = await AskAsync(key, request, cancelled);
        if (rejected is not null)
        {
            return new() { QueryRejected = new() { Status = rejected.Value } };
        }

        try
        {
            if (stickyWait is { } wait)
            {
                await FallBackToNormalQueueAsync(key, query!, wait, cancelled);
            }

            return Answer(await query!.Answered.Task.WaitAsync(cancelled));
        }
        finally
        {
            await WithdrawAsync(key, query!);
        }
    }

    /// <summary>The normal queue of the workflow that a queued query asks.</summary>
    public string NormalQueueOf(QueuedTask queued) => store.Load(queued.RunKey)?.TaskQueue ?? "";

    /// <summary>A worker answered a query-only task.</summary>
    public void CompleteQuery(RespondQueryTaskCompletedRequest request)
    {
        if (request.TaskToken.IsEmpty)
        {
            throw Refusals.InvalidArgument("Task token not set on request.");
        }

        var token = Tokens.Read<QueryToken>(request.TaskToken) is { QueryId: not null } read ? read : throw Refusals.InvalidArgument("Error deserializing task token.");
        if (!askedQueries.TryGetValue(token.QueryId, out var query))
        {
            throw Refusals.NotFound("query task not found, or already expired");
        }

        query.Answered.TrySetResult(request.CompletedType == QueryResultType.Answered
            ? new QueryOutcome(request.QueryResult, null, null)
            : new QueryOutcome(null, request.ErrorMessage, request.Failure));
    }

    private static QueryWorkflowResponse Answer(QueryOutcome outcome) => outcome switch
    {
        { NotReady: true } => throw Refusals.NotReady("Unable to query workflow due to Workflow Task in failed state."),
        { ErrorMessage: { } message } => throw Refusals.QueryFailed(message, outcome.Failure),
        _ => new() { QueryResult = outcome.Result ?? new Payloads() },
    };

    /// <summary>Nothing can be asked before the workflow ran for the first time.</summary>
    private async Task FirstTaskAsync(ExecutionKey key, string runId, CancellationToken cancelled)
    {
        while (true)
        {
            var runKey = await ReadAsync(key, runId, run => run.Key, cancelled);
            var changed = Waiters.Next(runKey, closeOnly: false);
            var ready = await ReadAsync(key, runId, run => !run.IsRunning || run.PreviousStartedEventId > 0 || Refused(run), cancelled);
            if (ready)
            {
                return;
            }

            await changed.WaitAsync(cancelled);
        }
    }

    private static bool Refused(RunState run)
    {
        if (run.FirstTaskAt is not null)
        {
            throw Refusals.NotReady("Workflow task is not scheduled yet.");
        }

        return run.Task is { Attempt: >= FailedAttemptsMax }
            ? throw Refusals.NotReady("Unable to query workflow due to Workflow Task in failed state.")
            : false;
    }

    private async Task<(QueuedQuery? Query, WorkflowExecutionStatus? Rejected, TimeSpan? StickyWait)> AskAsync(ExecutionKey key, QueryWorkflowRequest request, CancellationToken cancelled)
    {
        using var lease = await executions.EnterAsync(key, cancelled);
        var run = LoadRun(lease.Execution, request.Execution.RunId);
        if (Rejects(request.QueryRejectCondition, run.Status))
        {
            return (null, run.Status, null);
        }

        if (run.IsRunning)
        {
            Refused(run);
        }

        var query = new QueuedQuery(key, run.Key, run.RunId, Guid.NewGuid().ToString(), request.Query);
        askedQueries[query.Id] = query;
        if (run is { IsRunning: true, Task: not null })
        {
            lease.Execution.Queries.Add(query);
            return (query, null, null);
        }

        return (query, null, Dispatch(run, query));
    }

    private static bool Rejects(QueryRejectCondition condition, WorkflowExecutionStatus status) => condition switch
    {
        QueryRejectCondition.NotOpen => status != WorkflowExecutionStatus.Running,
        QueryRejectCondition.NotCompletedCleanly => status is not (WorkflowExecutionStatus.Running or WorkflowExecutionStatus.Completed),
        _ => false,
    };

    /// <returns>How long the sticky worker may leave it; null when it was put into the normal queue.</returns>
    private TimeSpan? Dispatch(RunState run, QueuedQuery query)
    {
        if (run.Sticky is { } sticky && queues.Find(new QueueKey(run.Namespace, sticky.Queue, TaskQueueType.Workflow)) is { } queue && queue.WasPolledRecently())
        {
            queue.Add(query);
            return sticky.ScheduleToStart;
        }

        queues[NormalQueueOf(run)].Add(query);
        return null;
    }

    private async Task FallBackToNormalQueueAsync(ExecutionKey key, QueuedQuery query, TimeSpan wait, CancellationToken cancelled)
    {
        try
        {
            await query.PickedUp.Task.WaitAsync(wait, cancelled);
        }
        catch (TimeoutException)
        {
            using var lease = await executions.EnterAsync(key, cancelled);
            queues[NormalQueueOf(LoadRun(lease.Execution, query.RunId))].Add(query);
        }
    }

    private async Task WithdrawAsync(ExecutionKey key, QueuedQuery query)
    {
        askedQueries.TryRemove(query.Id, out _);
        query.Answered.TrySetCanceled();
        using var lease = await executions.EnterAsync(key);
        lease.Execution.Queries.Remove(query);
    }

    private async Task<IMessage?> StartQueryAsync(QueuedQuery query, Poller poller)
    {
        if (!query.TryTake())
        {
            return null;
        }

        using var lease = await executions.EnterAsync(query.Execution);
        var run = LoadRun(lease.Execution, query.RunId);
        var sticky = poller.Queue.Key.Name == run.Sticky?.Queue;
        var answer = TaskAnswer(run, sticky ? run.NextEventId : 1, transient: false);
        answer.TaskToken = Tokens.Write(new QueryToken(query.Id));
        answer.Attempt = 1;
        answer.Query = query.Query;
        return answer;
    }

    /// <summary>The answers that came with a completed workflow task; they are told once that task is saved.</summary>
    private static List<(QueuedQuery Query, QueryOutcome Outcome)> TakeAnswered(Execution execution, IEnumerable<KeyValuePair<string, WorkflowQueryResult>> results)
    {
        var answered = new List<(QueuedQuery Query, QueryOutcome Outcome)>();
        foreach (var (id, result) in results)
        {
            if (execution.Queries.Find(query => query.Id == id) is { } query)
            {
                execution.Queries.Remove(query);
                answered.Add((query, result.ResultType == QueryResultType.Answered
                    ? new QueryOutcome(result.Answer, null, null)
                    : new QueryOutcome(null, result.ErrorMessage, result.Failure)));
            }
        }

        return answered;
    }

    /// <summary>After a change: queries that no workflow task will take with it become tasks of their own, or are refused.</summary>
    private void DispatchQueries(Execution execution)
    {
        if (execution.Queries.Count == 0 || execution.State is not { } run)
        {
            return;
        }

        foreach (var query in execution.Queries.ToArray())
        {
            if (run.Key != query.RunKey || run.Task is null)
            {
                execution.Queries.Remove(query);
                Dispatch(run.Key == query.RunKey ? run : store.Load(query.RunKey) ?? run, query);
            }
            else if (run.Task.Attempt >= FailedAttemptsMax)
            {
                execution.Queries.Remove(query);
                query.Answered.TrySetResult(new QueryOutcome(null, null, null, NotReady: true));
            }
        }
    }
}
