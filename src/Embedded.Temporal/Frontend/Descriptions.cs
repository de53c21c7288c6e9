using Recoup.Embedded.Temporal.Runs;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Recoup.Embedded.Temporal.Frontend;

/// <summary>A run as clients and tools are shown it.</summary>
internal static class Descriptions
{
    /// <summary>What the real server shows for a run that does not expire.</summary>
    private static readonly DateTime Never = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);

    public static DescribeWorkflowExecutionResponse Of(RunState run)
    {
        var description = new DescribeWorkflowExecutionResponse
        {
            ExecutionConfig = new()
            {
                TaskQueue = new() { Name = run.TaskQueue, Kind = TaskQueueKind.Normal },
                WorkflowExecutionTimeout = run.ExecutionTimeout.ProtoOrNone(),
                WorkflowRunTimeout = run.RunTimeout.ProtoOrNone(),
                DefaultWorkflowTaskTimeout = run.TaskTimeout.Proto(),
                UserMetadata = run.UserMetadata,
            },
            WorkflowExecutionInfo = Info(run),
            PendingWorkflowTask = run.Task is null ? null : PendingTask(run.Task),
            WorkflowExtendedInfo = new()
            {
                ExecutionExpirationTime = run.ExecutionExpiresAt.Proto(),
                RunExpirationTime = (run.RunExpiresAt ?? Never).Proto(),
                OriginalStartTime = run.OriginalStartedAt.Proto(),
                CancelRequested = run.CancelRequested,
            },
        };
        description.PendingActivities.Add(run.Activities.Values.Select(activity => Pending(activity, run)));
        return description;
    }

    private static WorkflowExecutionInfo Info(RunState run) => new()
    {
        Execution = run.Execution,
        Type = new() { Name = run.WorkflowType },
        StartTime = run.StartedAt.Proto(),
        ExecutionTime = run.ExecutionAt.Proto(),
        CloseTime = run.ClosedAt.Proto(),
        ExecutionDuration = run.ClosedAt is { } closedAt ? (closedAt - run.ExecutionAt).Proto() : null,
        Status = run.Status,
        HistoryLength = run.NextEventId - 1,
        HistorySizeBytes = run.HistoryBytes,
        Memo = run.Memo ?? new Memo(),
        SearchAttributes = run.SearchAttributes ?? new SearchAttributes(),
        TaskQueue = run.TaskQueue,
        FirstRunId = run.FirstRunId,
        RootExecution = run.Execution,
        Priority = run.Priority,
    };

    private static PendingWorkflowTaskInfo PendingTask(WorkflowTask task) => new()
    {
        State = task.StartedAt is null ? PendingWorkflowTaskState.Scheduled : PendingWorkflowTaskState.Started,
        ScheduledTime = task.ScheduledAt.Proto(),
        OriginalScheduledTime = task.OriginalScheduledAt.Proto(),
        StartedTime = task.StartedAt.Proto(),
        Attempt = task.Attempt,
    };

    private static PendingActivityInfo Pending(PendingActivity activity, RunState run)
    {
        var waits = activity.StartedAt is null;
        return new()
        {
            ActivityId = activity.ActivityId,
            ActivityType = new() { Name = activity.Type },
            State = activity.CancelRequestedEventId != 0 ? PendingActivityState.CancelRequested : waits ? PendingActivityState.Scheduled : PendingActivityState.Started,
            HeartbeatDetails = activity.HeartbeatDetails,
            LastHeartbeatTime = activity.HeartbeatAt.Proto(),
            LastStartedTime = activity.StartedAt.Proto(),
            Attempt = activity.Attempt,
            MaximumAttempts = activity.Retry.MaximumAttempts,
            ScheduledTime = activity.ScheduledAt.Proto(),
            ExpirationTime = activity.ScheduleToClose > TimeSpan.Zero ? activity.FirstScheduledAt.Plus(activity.ScheduleToClose).Proto() : null,
            LastFailure = activity.LastFailure,
            LastWorkerIdentity = activity.Identity,
            CurrentRetryInterval = !waits ? null
                : activity.LastAttemptEndedAt is { } endedAt ? (activity.ScheduledAt - endedAt).Proto() : activity.Retry.InitialInterval,
            LastAttemptCompleteTime = activity.LastAttemptEndedAt.Proto(),
            NextAttemptScheduleTime = activity.InBackoff ? activity.ScheduledAt.Proto() : null,
            Priority = activity.Priority ?? run.Priority,
            ActivityOptions = Options(activity),
        };
    }

    private static ActivityOptions Options(PendingActivity activity) => new()
    {
        TaskQueue = new() { Name = activity.TaskQueue, NormalName = activity.TaskQueue },
        ScheduleToCloseTimeout = activity.ScheduleToClose.Proto(),
        ScheduleToStartTimeout = activity.ScheduleToStart.Proto(),
        StartToCloseTimeout = activity.StartToClose.Proto(),
        HeartbeatTimeout = activity.Heartbeat.Proto(),
        RetryPolicy = activity.Retry,
        Priority = activity.Priority,
    };
}
