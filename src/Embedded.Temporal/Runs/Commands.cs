using Temporalio.Api.Command.V1;

namespace Recoup.Embedded.Temporal.Runs;

/// <summary>The commands of a completed workflow task, applied in their order; the first that is refused stops the rest.</summary>
internal sealed class Commands(RunChange change, long completedEventId, ISearchAttributeRules attributes, Limits limits)
{
    public CommandRefusal? Apply(IReadOnlyList<Command> commands)
    {
        for (var index = 0; index < commands.Count; index++)
        {
            var command = commands[index];
            if (Closes(command) && index < commands.Count - 1)
            {
                var names = string.Join(", ", commands.Select(each => each.CommandType));
                return Refusal(WorkflowTaskFailedCause.Unspecified, $"invalid command sequence: [{names}], command {command.CommandType} must be the last command.") with { FailsTask = false };
            }
        }

        foreach (var command in commands)
        {
            if (Apply(command) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>Commands that end the run. They are refused while something waits that the workflow has not seen.</summary>
    public static bool Closes(Command command) => command.CommandType
        is CommandType.CompleteWorkflowExecution or CommandType.FailWorkflowExecution
        or CommandType.CancelWorkflowExecution or CommandType.ContinueAsNewWorkflowExecution;

    private CommandRefusal? Apply(Command command) => command.CommandType switch
    {
        CommandType.ScheduleActivityTask => ScheduleActivity(command, command.ScheduleActivityTaskCommandAttributes ?? new()),
        CommandType.RequestCancelActivityTask => CancelActivity(command.RequestCancelActivityTaskCommandAttributes ?? new()),
        CommandType.StartTimer => StartTimer(command, command.StartTimerCommandAttributes ?? new()),
        CommandType.CancelTimer => CancelTimer(command.CancelTimerCommandAttributes ?? new()),
        CommandType.RecordMarker => RecordMarker(command, command.RecordMarkerCommandAttributes ?? new()),
        CommandType.UpsertWorkflowSearchAttributes => UpsertSearchAttributes(command.UpsertWorkflowSearchAttributesCommandAttributes ?? new()),
        CommandType.ModifyWorkflowProperties => ModifyProperties(command.ModifyWorkflowPropertiesCommandAttributes ?? new()),
        CommandType.CompleteWorkflowExecution => Complete(command.CompleteWorkflowExecutionCommandAttributes ?? new()),
        CommandType.FailWorkflowExecution => Fail(command.FailWorkflowExecutionCommandAttributes ?? new()),
        CommandType.CancelWorkflowExecution => Cancel(command.CancelWorkflowExecutionCommandAttributes ?? new()),
        CommandType.ContinueAsNewWorkflowExecution => ContinueAsNew(command.ContinueAsNewWorkflowExecutionCommandAttributes ?? new()),
        CommandType.Unspecified => Refusal(WorkflowTaskFailedCause.Unspecified, "unknown command type: Unspecified") with { FailsTask = false },
        _ => NotOffered(command.CommandType),
    };

    private static CommandRefusal NotOffered(CommandType type) => Refusal(
        type switch
        {
            CommandType.StartChildWorkflowExecution => WorkflowTaskFailedCause.BadStartChildExecutionAttributes,
            CommandType.SignalExternalWorkflowExecution => WorkflowTaskFailedCause.BadSignalWorkflowExecutionAttributes,
            CommandType.RequestCancelExternalWorkflowExecution => WorkflowTaskFailedCause.BadRequestCancelExternalWorkflowExecutionAttributes,
            CommandType.ScheduleNexusOperation => WorkflowTaskFailedCause.BadScheduleNexusOperationAttributes,
            CommandType.RequestCancelNexusOperation => WorkflowTaskFailedCause.BadRequestCancelNexusOperationAttributes,
            CommandType.ProtocolMessage => WorkflowTaskFailedCause.BadUpdateWorkflowExecutionMessage,
            _ => WorkflowTaskFailedCause.FeatureDisabled,
        },
        $"the embedded server does not offer the command {type}; use a Temporal cluster for it");

    private CommandRefusal? ScheduleActivity(Command command, ScheduleActivityTaskCommandAttributes wanted)
    {
        const WorkflowTaskFailedCause Bad = WorkflowTaskFailedCause.BadScheduleActivityAttributes;
        var (id, type) = (wanted.ActivityId, wanted.ActivityType?.Name ?? "");
        if (ScheduleActivityProblem(wanted, id, type) is { } problem)
        {
            return problem;
        }

        if (TooLarge(wanted.Input, Bad, "ScheduleActivityTaskCommandAttributes.Input") is { } tooLarge)
        {
            return tooLarge;
        }

        if (change.Run.Activities.Values.Any(pending => pending.ActivityId == id))
        {
            return Refusal(WorkflowTaskFailedCause.ScheduleActivityDuplicateId, $"ScheduleActivityDuplicateId: invalid history builder state for action: add-activitytask-scheduled-event, ActivityID: {id}");
        }

        if (change.Run.Activities.Count >= limits.PendingActivitiesMax)
        {
            return Refusal(WorkflowTaskFailedCause.PendingActivitiesLimitExceeded, $"PendingActivitiesLimitExceeded: the number of pending activities, {change.Run.Activities.Count}, has reached the per-workflow limit of {limits.PendingActivitiesMax}");
        }

        var attributes = ActivityAttributes(wanted);
        var scheduled = change.Write(new HistoryEvent { EventType = EventType.ActivityTaskScheduled, UserMetadata = command.UserMetadata, ActivityTaskScheduledEventAttributes = attributes });
        change.Run.Activities[scheduled.EventId] = new PendingActivity
        {
            ScheduledEventId = scheduled.EventId,
            ActivityId = id,
            Type = type,
            TaskQueue = attributes.TaskQueue.Name,
            ScheduleToClose = attributes.ScheduleToCloseTimeout.Span(),
            ScheduleToStart = attributes.ScheduleToStartTimeout.Span(),
            StartToClose = attributes.StartToCloseTimeout.Span(),
            Heartbeat = attributes.HeartbeatTimeout.Span(),
            Retry = attributes.RetryPolicy,
            Priority = attributes.Priority,
            FirstScheduledAt = change.Now,
            ScheduledAt = change.Now,
            ScheduledEvent = scheduled,
        };
        change.ActivitiesScheduled.Add(scheduled.EventId);
        return null;
    }

    private static CommandRefusal? ScheduleActivityProblem(ScheduleActivityTaskCommandAttributes wanted, string id, string type)
    {
        CommandRefusal Bad(string problem) => Refusal(WorkflowTaskFailedCause.BadScheduleActivityAttributes, $"BadScheduleActivityAttributes: {problem}");
        if (id.Length == 0)
        {
            return Bad($"ActivityId is not set on ScheduleActivityTaskCommand. ActivityType={type}");
        }

        if (type.Length == 0)
        {
            return Bad($"ActivityType is not set on ScheduleActivityTaskCommand. ActivityID={id}");
        }

        if (RetryPolicies.Problem(RetryPolicies.WithDefaults(wanted.RetryPolicy)) is { } problem)
        {
            return Refusal(WorkflowTaskFailedCause.Unspecified, $"invalid ActivityRetryPolicy on SechduleActivityTaskCommand: {problem}. ActivityId={id} ActivityType={type}") with { FailsTask = false };
        }

        var timeouts = new[] { ("ScheduleToCloseTimeout", wanted.ScheduleToCloseTimeout), ("ScheduleToStartTimeout", wanted.ScheduleToStartTimeout), ("StartToCloseTimeout", wanted.StartToCloseTimeout), ("HeartbeatTimeout", wanted.HeartbeatTimeout) };
        foreach (var (name, timeout) in timeouts)
        {
            if (timeout.Span() < TimeSpan.Zero)
            {
                return Bad($"Invalid {name} for ScheduleActivityTaskCommand: negative duration. ActivityId={id} ActivityType={type}");
            }
        }

        return wanted.ScheduleToCloseTimeout.Span() == TimeSpan.Zero && wanted.StartToCloseTimeout.Span() == TimeSpan.Zero
            ? Bad($"A valid StartToClose or ScheduleToCloseTimeout is not set on ScheduleActivityTaskCommand. ActivityId={id} ActivityType={type}")
            : null;
    }

    /// <summary>Time-outs that are not given follow from those that are, and none is longer than the run.</summary>
    private ActivityTaskScheduledEventAttributes ActivityAttributes(ScheduleActivityTaskCommandAttributes wanted)
    {
        var runTimeout = change.Run.RunTimeout;
        var toClose = Times.LeastSet(wanted.ScheduleToCloseTimeout.Span(), runTimeout);
        var start = wanted.StartToCloseTimeout.Span();
        var startToClose = start == TimeSpan.Zero ? toClose : Times.LeastSet(start, toClose);
        return new()
        {
            ActivityId = wanted.ActivityId,
            ActivityType = wanted.ActivityType,
            TaskQueue = new() { Name = wanted.TaskQueue?.Name is { Length: > 0 } queue ? queue : change.Run.TaskQueue, Kind = TaskQueueKind.Normal },
            Header = wanted.Header,
            Input = wanted.Input,
            ScheduleToCloseTimeout = toClose.Proto(),
            ScheduleToStartTimeout = Times.LeastSet(wanted.ScheduleToStartTimeout.Span(), toClose).Proto(),
            StartToCloseTimeout = startToClose.Proto(),
            HeartbeatTimeout = (wanted.HeartbeatTimeout.Span() == TimeSpan.Zero ? TimeSpan.Zero : Times.Least(wanted.HeartbeatTimeout.Span(), startToClose)).Proto(),
            WorkflowTaskCompletedEventId = completedEventId,
            RetryPolicy = RetryPolicies.WithDefaults(wanted.RetryPolicy),
            Priority = wanted.Priority,
        };
    }

    private CommandRefusal? CancelActivity(RequestCancelActivityTaskCommandAttributes wanted)
    {
        if (!change.Run.Activities.TryGetValue(wanted.ScheduledEventId, out var activity))
        {
            return Refusal(WorkflowTaskFailedCause.BadRequestCancelActivityAttributes, $"BadRequestCancelActivityAttributes: invalid history builder state for action: add-activitytask-cancel-requested-event, ScheduledEventID: {wanted.ScheduledEventId}");
        }

        var requested = change.Write(new HistoryEvent
        {
            EventType = EventType.ActivityTaskCancelRequested,
            ActivityTaskCancelRequestedEventAttributes = new() { ScheduledEventId = wanted.ScheduledEventId, WorkflowTaskCompletedEventId = completedEventId },
        });
        change.ActivitiesScheduled.Remove(wanted.ScheduledEventId);
        Activities.RequestCancel(change, activity, requested.EventId);
        return null;
    }

    private CommandRefusal? StartTimer(Command command, StartTimerCommandAttributes wanted)
    {
        if (wanted.TimerId.Length == 0)
        {
            return Refusal(WorkflowTaskFailedCause.BadStartTimerAttributes, "BadStartTimerAttributes: TimerId is not set on StartTimerCommand.");
        }

        var delay = wanted.StartToFireTimeout.Span();
        if (delay < TimeSpan.Zero)
        {
            return Refusal(WorkflowTaskFailedCause.BadStartTimerAttributes, $"BadStartTimerAttributes: An invalid StartToFireTimeout is set on StartTimerCommand: negative duration. TimerId={wanted.TimerId}");
        }

        if (change.Run.Timers.ContainsKey(wanted.TimerId))
        {
            return Refusal(WorkflowTaskFailedCause.StartTimerDuplicateId, $"StartTimerDuplicateId: invalid history builder state for action: add-timer-started-event, TimerID: {wanted.TimerId}");
        }

        var started = change.Write(new HistoryEvent
        {
            EventType = EventType.TimerStarted,
            UserMetadata = command.UserMetadata,
            TimerStartedEventAttributes = new() { TimerId = wanted.TimerId, StartToFireTimeout = wanted.StartToFireTimeout, WorkflowTaskCompletedEventId = completedEventId },
        });
        change.Run.Timers[wanted.TimerId] = new PendingTimer { StartedEventId = started.EventId, DueAt = change.Now.Plus(delay) };
        return null;
    }

    private CommandRefusal? CancelTimer(CancelTimerCommandAttributes wanted)
    {
        long startedEventId;
        if (change.Run.Timers.Remove(wanted.TimerId, out var timer))
        {
            startedEventId = timer.StartedEventId;
        }
        else if (change.Run.Buffered.Find(waiting => waiting.TimerFiredEventAttributes?.TimerId == wanted.TimerId) is { } fired)
        {
            // It fired while this task ran, so the workflow never heard of it: only the cancellation is told.
            change.Run.Buffered.Remove(fired);
            startedEventId = fired.TimerFiredEventAttributes.StartedEventId;
        }
        else
        {
            return Refusal(WorkflowTaskFailedCause.BadCancelTimerAttributes, $"BadCancelTimerAttributes: invalid history builder state for action: add-timer-canceled-event, TimerID: {wanted.TimerId}");
        }

        change.Write(new HistoryEvent
        {
            EventType = EventType.TimerCanceled,
            TimerCanceledEventAttributes = new() { TimerId = wanted.TimerId, StartedEventId = startedEventId, WorkflowTaskCompletedEventId = completedEventId },
        });
        return null;
    }

    private CommandRefusal? RecordMarker(Command command, RecordMarkerCommandAttributes wanted)
    {
        const WorkflowTaskFailedCause Bad = WorkflowTaskFailedCause.BadRecordMarkerAttributes;
        if (wanted.MarkerName.Length == 0)
        {
            return Refusal(Bad, "BadRecordMarkerAttributes: MarkerName is not set on RecordMarkerCommand.");
        }

        if (wanted.Details.Values.Sum(details => (long)details.CalculateSize()) > limits.PayloadBytesMax)
        {
            return TooLarge(Bad, "RecordMarkerCommandAttributes.Details");
        }

        var attributes = new MarkerRecordedEventAttributes { MarkerName = wanted.MarkerName, WorkflowTaskCompletedEventId = completedEventId, Header = wanted.Header, Failure = wanted.Failure };
        attributes.Details.Add(wanted.Details);
        change.Write(new HistoryEvent { EventType = EventType.MarkerRecorded, UserMetadata = command.UserMetadata, MarkerRecordedEventAttributes = attributes });
        return null;
    }

    private CommandRefusal? UpsertSearchAttributes(UpsertWorkflowSearchAttributesCommandAttributes wanted)
    {
        const WorkflowTaskFailedCause Bad = WorkflowTaskFailedCause.BadSearchAttributes;
        if (wanted.SearchAttributes is null || wanted.SearchAttributes.IndexedFields.Count == 0)
        {
            return Refusal(Bad, "BadSearchAttributes: IndexedFields is not set on UpsertWorkflowSearchAttributesCommand.");
        }

        if (attributes.Problem(wanted.SearchAttributes) is { } problem)
        {
            return Refusal(Bad, $"BadSearchAttributes: {problem}");
        }

        var typed = attributes.Typed(wanted.SearchAttributes);
        change.Write(new HistoryEvent
        {
            EventType = EventType.UpsertWorkflowSearchAttributes,
            UpsertWorkflowSearchAttributesEventAttributes = new() { SearchAttributes = typed, WorkflowTaskCompletedEventId = completedEventId },
        });
        var merged = change.Run.SearchAttributes?.Clone() ?? new SearchAttributes();
        Merge(merged.IndexedFields, typed.IndexedFields);
        change.Run.SearchAttributes = merged;
        change.VisibilityChanged = true;
        return null;
    }

    private CommandRefusal? ModifyProperties(ModifyWorkflowPropertiesCommandAttributes wanted)
    {
        const WorkflowTaskFailedCause Bad = WorkflowTaskFailedCause.BadModifyWorkflowPropertiesAttributes;
        if (wanted.UpsertedMemo is null || wanted.UpsertedMemo.Fields.Count == 0)
        {
            return Refusal(Bad, "BadModifyWorkflowPropertiesAttributes: UpsertedMemo.Fields is not set on ModifyWorkflowPropertiesCommand.");
        }

        var merged = change.Run.Memo?.Clone() ?? new Memo();
        Merge(merged.Fields, wanted.UpsertedMemo.Fields);
        if (wanted.UpsertedMemo.CalculateSize() > limits.PayloadBytesMax || merged.CalculateSize() > limits.PayloadBytesMax)
        {
            return TooLarge(Bad, "ModifyWorkflowPropertiesCommandAttributes");
        }

        change.Write(new HistoryEvent
        {
            EventType = EventType.WorkflowPropertiesModified,
            WorkflowPropertiesModifiedEventAttributes = new() { UpsertedMemo = wanted.UpsertedMemo, WorkflowTaskCompletedEventId = completedEventId },
        });
        change.Run.Memo = merged;
        change.VisibilityChanged = true;
        return null;
    }

    private CommandRefusal? Complete(CompleteWorkflowExecutionCommandAttributes wanted)
    {
        // The real server names this cause for a result too.
        if (TooLarge(wanted.Result, WorkflowTaskFailedCause.BadScheduleActivityAttributes, "CompleteWorkflowExecutionCommandAttributes.Result") is { } tooLarge)
        {
            return tooLarge;
        }

        Closing.Complete(change, wanted.Result, completedEventId);
        return null;
    }

    private CommandRefusal? Fail(FailWorkflowExecutionCommandAttributes wanted)
    {
        const WorkflowTaskFailedCause Bad = WorkflowTaskFailedCause.BadFailWorkflowExecutionAttributes;
        if (wanted.Failure is null)
        {
            return Refusal(Bad, "BadFailWorkflowExecutionAttributes: Failure is not set on FailWorkflowExecutionCommand.");
        }

        if (wanted.Failure.CalculateSize() > limits.PayloadBytesMax)
        {
            return TooLarge(Bad, "FailWorkflowExecutionCommandAttributes.Failure");
        }

        Closing.Fail(change, wanted.Failure, completedEventId);
        return null;
    }

    private CommandRefusal? Cancel(CancelWorkflowExecutionCommandAttributes wanted)
    {
        if (TooLarge(wanted.Details, WorkflowTaskFailedCause.BadCancelWorkflowExecutionAttributes, "CancelWorkflowExecutionCommandAttributes.Details") is { } tooLarge)
        {
            return tooLarge;
        }

        Closing.Cancel(change, wanted.Details, completedEventId);
        return null;
    }

    private CommandRefusal? ContinueAsNew(ContinueAsNewWorkflowExecutionCommandAttributes wanted)
    {
        const WorkflowTaskFailedCause Bad = WorkflowTaskFailedCause.BadContinueAsNewAttributes;
        if (wanted.CronSchedule.Length > 0)
        {
            return Refusal(Bad, "BadContinueAsNewAttributes: the embedded server does not offer cron schedules");
        }

        if (TooLarge(wanted.Input, Bad, "ContinueAsNewWorkflowExecutionCommandAttributes. Input") is { } tooLarge)
        {
            return tooLarge;
        }

        if (wanted.RetryPolicy is not null && RetryPolicies.Problem(RetryPolicies.WithDefaults(wanted.RetryPolicy)) is { } retryProblem)
        {
            return Refusal(Bad, $"BadContinueAsNewAttributes: {retryProblem}");
        }

        if (wanted.SearchAttributes is not null && attributes.Problem(wanted.SearchAttributes) is { } problem)
        {
            return Refusal(WorkflowTaskFailedCause.BadSearchAttributes, $"BadSearchAttributes: {problem}");
        }

        wanted = wanted.Clone();
        wanted.SearchAttributes = wanted.SearchAttributes is null ? null : attributes.Typed(wanted.SearchAttributes);
        change.Next = Starting.Continued(change, wanted);
        var next = change.Next.Run;
        change.Write(new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionContinuedAsNew,
            WorkflowExecutionContinuedAsNewEventAttributes = new()
            {
                NewExecutionRunId = next.RunId,
                WorkflowType = new() { Name = next.WorkflowType },
                TaskQueue = new() { Name = next.TaskQueue, Kind = TaskQueueKind.Normal },
                Input = wanted.Input,
                WorkflowRunTimeout = next.RunTimeout.Proto(),
                WorkflowTaskTimeout = next.TaskTimeout.Proto(),
                WorkflowTaskCompletedEventId = completedEventId,
                BackoffStartInterval = wanted.BackoffStartInterval,
                Initiator = wanted.Initiator,
                LastCompletionResult = wanted.LastCompletionResult,
                Header = wanted.Header,
                Memo = wanted.Memo,
                SearchAttributes = wanted.SearchAttributes,
            },
        });
        Closing.Close(change, WorkflowExecutionStatus.ContinuedAsNew);
        return null;
    }

    /// <summary>New values win; a null takes its field away.</summary>
    private static void Merge(Google.Protobuf.Collections.MapField<string, Payload> into, Google.Protobuf.Collections.MapField<string, Payload> from)
    {
        foreach (var (name, value) in from)
        {
            if (NullPayload.IsNull(value))
            {
                into.Remove(name);
            }
            else
            {
                into[name] = value;
            }
        }
    }

    private CommandRefusal? TooLarge(Payloads? payloads, WorkflowTaskFailedCause cause, string what) =>
        payloads is not null && payloads.CalculateSize() > limits.PayloadBytesMax ? TooLarge(cause, what) : null;

    private static CommandRefusal TooLarge(WorkflowTaskFailedCause cause, string what) =>
        Refusal(cause, $"{cause}: {what} exceeds size limit.") with { Terminates = true };

    private static CommandRefusal Refusal(WorkflowTaskFailedCause cause, string message) => new(cause, message);
}
