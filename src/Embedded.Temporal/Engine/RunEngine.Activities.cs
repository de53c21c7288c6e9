using Recoup.Embedded.Temporal.Runs;
using Recoup.Embedded.Temporal.Storage;

namespace Recoup.Embedded.Temporal.Engine;

/// <summary>Workers' answers to activities, by token or by id.</summary>
internal sealed partial class RunEngine
{
    public Task CompleteActivityAsync(ActivityName name, Payloads? result, string identity) => ChangeActivityAsync(name, (change, activity) =>
    {
        if (IsTooLarge(result))
        {
            Activities.Fail(change, activity, TooLarge("Complete result exceeds size limit."), null, identity);
        }
        else
        {
            Activities.Complete(change, activity, result, identity);
        }

        return true;
    });

    /// <returns>The failure that was recorded in place of one that is too large; null when it was recorded as it is.</returns>
    public Task<Failure?> FailActivityAsync(ActivityName name, Failure? failure, Payloads? lastHeartbeat, string identity) => ChangeActivityAsync(name, (change, activity) =>
    {
        var shortened = failure is not null && failure.CalculateSize() > limits.PayloadBytesMax ? Shortened(failure) : null;
        Activities.Fail(change, activity, shortened ?? failure, IsTooLarge(lastHeartbeat) ? null : lastHeartbeat, identity);
        return shortened;
    });

    public Task CancelActivityAsync(ActivityName name, Payloads? details, string identity) => ChangeActivityAsync(name, (change, activity) =>
    {
        if (activity.CancelRequestedEventId == 0)
        {
            throw Refusals.InvalidArgument("unable to mark activity as canceled without activity being request canceled first");
        }

        if (IsTooLarge(details))
        {
            Activities.Fail(change, activity, TooLarge("Cancel details exceed size limit."), null, identity);
        }
        else
        {
            Activities.Cancel(change, activity, details, identity);
        }

        return true;
    });

    /// <returns>Whether the workflow wants the activity to stop.</returns>
    public Task<bool> HeartbeatAsync(ActivityName name, Payloads? details, string identity) => ChangeActivityAsync(
        name,
        (change, activity) =>
        {
            if (IsTooLarge(details))
            {
                Activities.Fail(change, activity, TooLarge("Heartbeat details exceed size limit."), null, identity);
                return true;
            }

            Activities.Heartbeat(change, activity, details);
            return activity.CancelRequestedEventId != 0;
        },
        mustBeStarted: true);

    private bool IsTooLarge(Payloads? payloads) => payloads is not null && payloads.CalculateSize() > limits.PayloadBytesMax;

    private static Failure TooLarge(string message) => new() { Message = message, ServerFailureInfo = new() { NonRetryable = true } };

    private Task<T> ChangeActivityAsync<T>(ActivityName name, Func<RunChange, PendingActivity, T> apply, bool mustBeStarted = false) =>
        ChangeAsync(name.Execution, name.RunId, change => apply(change, FindActivity(change.Run, name, mustBeStarted)));

    private static PendingActivity FindActivity(RunState run, ActivityName name, bool mustBeStarted)
    {
        if (name.Token is { } token)
        {
            return run.Key == token.RunKey && run.Activities.TryGetValue(token.ScheduledEventId, out var named)
                && named.StartedAt is not null && named.Attempt == token.Attempt
                ? named
                : throw Refusals.ActivityNotFound();
        }

        var found = run.Activities.Values.FirstOrDefault(activity => activity.ActivityId == name.ActivityId && (!mustBeStarted || activity.StartedAt is not null));
        return found ?? throw Refusals.NotFound($"cannot find pending activity with ActivityID {name.ActivityId}, check workflow execution history for more details");
    }
}

/// <summary>An activity as a worker names it: by the token of its attempt, or by its id in a workflow.</summary>
internal sealed record ActivityName(ExecutionKey Execution, string RunId, TaskToken? Token, string ActivityId)
{
    public static ActivityName ByToken(ByteString bytes)
    {
        var token = Tokens.ReadTask(bytes);
        return new ActivityName(token.Execution, token.RunId, token, "");
    }

    public static ActivityName ById(string ns, string workflowId, string runId, string activityId)
    {
        if (workflowId.Length == 0)
        {
            throw Refusals.InvalidArgument("WorkflowId is not set on request.");
        }

        return activityId.Length == 0
            ? throw Refusals.InvalidArgument("ActivityId is not set on request.")
            : new ActivityName(new ExecutionKey(ns, workflowId), runId, null, activityId);
    }
}
