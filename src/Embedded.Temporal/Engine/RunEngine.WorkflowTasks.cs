using Recoup.Embedded.Temporal.Runs;
using Temporalio.Api.WorkflowService.V1;

namespace Recoup.Embedded.Temporal.Engine;

/// <summary>Workers' answers to workflow tasks.</summary>
internal sealed partial class RunEngine
{
    public async Task<RespondWorkflowTaskCompletedResponse> CompleteTaskAsync(RespondWorkflowTaskCompletedRequest request)
    {
        var token = Tokens.ReadTask(request.TaskToken);
        using var lease = await executions.EnterAsync(token.Execution);
        var run = LoadTaskOf(lease.Execution, token);
        var change = Begin(run);
        var refusal = Guarded(lease.Execution, change, applied => Complete(applied, request));
        if (refusal is not null)
        {
            await RefuseAsync(lease.Execution, token, refusal, request.Identity);
        }

        var answered = TakeAnswered(lease.Execution, request.QueryResults);
        try
        {
            await CommitAsync(lease.Execution, [change]);
        }
        catch
        {
            lease.Execution.Queries.AddRange(answered.ConvertAll(each => each.Query));
            throw;
        }

        answered.ForEach(each => each.Query.Answered.TrySetResult(each.Outcome));
        return request.ReturnNewWorkflowTask && run.IsRunning && run.TaskIsStarted
            ? new() { WorkflowTask = WorkflowTaskAnswer(lease.Execution, run, onlyNew: run.Sticky is not null || request.ForceCreateNewWorkflowTask) }
            : new();
    }

    public async Task FailTaskAsync(RespondWorkflowTaskFailedRequest request)
    {
        var token = Tokens.ReadTask(request.TaskToken);
        using var lease = await executions.EnterAsync(token.Execution);
        var change = Begin(LoadTaskOf(lease.Execution, token));
        var failure = request.Failure;
        if (failure is not null && failure.CalculateSize() > limits.PayloadBytesMax)
        {
            failure = Shortened(failure);
        }

        Guarded(lease.Execution, change, applied =>
        {
            WorkflowTasks.Fail(applied, request.Cause, failure, request.Identity);
            return true;
        });
        await CommitAsync(lease.Execution, [change]);
    }

    /// <summary>Forgets which worker has the run in its cache.</summary>
    public Task ResetStickyAsync(Storage.ExecutionKey key, string runId) => ChangeAsync(key, runId, change =>
    {
        change.Run.Sticky = null;
        return true;
    });

    /// <summary>A failure too large to keep: its words and its type, without the rest.</summary>
    public static Failure Shortened(Failure failure)
    {
        const int MessageMax = 4_096;
        var kept = new Failure
        {
            Message = failure.Message.Length > MessageMax ? failure.Message[..MessageMax] : failure.Message,
            Source = failure.Source,
            ApplicationFailureInfo = failure.ApplicationFailureInfo is null ? null : new() { Type = failure.ApplicationFailureInfo.Type, NonRetryable = failure.ApplicationFailureInfo.NonRetryable },
        };
        return new Failure { Message = "Failure exceeds size limit.", Cause = kept, ServerFailureInfo = new() { NonRetryable = true } };
    }

    private CommandRefusal? Complete(RunChange change, RespondWorkflowTaskCompletedRequest request)
    {
        var run = change.Run;
        if (run.Buffered.Count > 0 && request.Commands.Any(Commands.Closes))
        {
            return new CommandRefusal(WorkflowTaskFailedCause.UnhandledCommand, "UnhandledCommand");
        }

        var completedEventId = WorkflowTasks.Complete(change, request.Identity, request.SdkMetadata, request.MeteringMetadata);
        run.Sticky = request.StickyAttributes?.WorkerTaskQueue?.Name is { Length: > 0 } queue
            ? new StickyWorker(queue, request.StickyAttributes.ScheduleToStartTimeout.Span())
            : null;
        var commands = new Commands(change, completedEventId, attributeTypes, limits);
        if (change.WhileCommandsAreApplied(() => commands.Apply(request.Commands)) is { } refusal)
        {
            return refusal;
        }

        if (!run.IsRunning)
        {
            return null;
        }

        var somethingNew = change.FlushBuffered();
        if (somethingNew || request.ForceCreateNewWorkflowTask)
        {
            WorkflowTasks.Schedule(change);
            if (request.ReturnNewWorkflowTask)
            {
                WorkflowTasks.Start(change, request.Identity, Guid.NewGuid().ToString(), limits);
                change.TaskScheduled = false;
            }
        }

        return null;
    }

    /// <summary>The commands touched the state in memory before one was refused, so the state is read again and the task fails.</summary>
    private async Task RefuseAsync(Execution execution, TaskToken token, CommandRefusal refusal, string identity)
    {
        execution.Forget();
        if (refusal.FailsTask)
        {
            var change = Begin(LoadTaskOf(execution, token));
            var failure = new Failure { Message = refusal.Message, ServerFailureInfo = new() };
            Guarded(execution, change, applied =>
            {
                WorkflowTasks.Fail(applied, refusal.Cause, failure, identity, reschedules: !refusal.Terminates);
                if (refusal.Terminates)
                {
                    Closing.Terminate(applied, refusal.Message, null, "history-service");
                }

                return true;
            });
            await CommitAsync(execution, [change]);
        }

        throw Refusals.InvalidArgument(refusal.Message);
    }

    /// <summary>The run whose started task this token names.</summary>
    private RunState LoadTaskOf(Execution execution, TaskToken token)
    {
        if (FindCurrent(execution)?.Key != token.RunKey)
        {
            throw Refusals.TaskNotFound();
        }

        var run = LoadRun(execution, token.RunId);
        return run is { IsRunning: true, Task: { StartedAt: not null } task }
            && task.ScheduledEventId == token.ScheduledEventId && task.StartedEventId == token.StartedEventId && task.Attempt == token.Attempt
            ? run
            : throw Refusals.TaskNotFound();
    }
}
