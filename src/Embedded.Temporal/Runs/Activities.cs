namespace Recoup.Embedded.Temporal.Runs;

/// <summary>
/// The attempts of an activity. Nothing of an attempt is in the history until the activity ends: then its started event
/// (with the number of the attempt and the failure before it) and its end are written together.
/// </summary>
internal static class Activities
{
    public static void Start(RunChange change, PendingActivity activity, string identity, string requestId)
    {
        activity.StartedAt = change.Now;
        activity.Identity = identity;
        activity.RequestId = requestId;
    }

    public static void Heartbeat(RunChange change, PendingActivity activity, Payloads? details)
    {
        activity.HeartbeatAt = change.Now;
        activity.HeartbeatDetails = details;
    }

    public static void Complete(RunChange change, PendingActivity activity, Payloads? result, string identity)
    {
        End(change, activity, identity, startedId => new HistoryEvent
        {
            EventType = EventType.ActivityTaskCompleted,
            ActivityTaskCompletedEventAttributes = new() { Result = result, ScheduledEventId = activity.ScheduledEventId, StartedEventId = startedId, Identity = identity },
        });
    }

    public static void Cancel(RunChange change, PendingActivity activity, Payloads? details, string identity)
    {
        End(change, activity, identity, startedId => new HistoryEvent
        {
            EventType = EventType.ActivityTaskCanceled,
            ActivityTaskCanceledEventAttributes = new()
            {
                Details = details,
                LatestCancelRequestedEventId = activity.CancelRequestedEventId,
                ScheduledEventId = activity.ScheduledEventId,
                StartedEventId = startedId,
                Identity = identity,
            },
        });
    }

    /// <summary>Another attempt after the policy's delay, or the end of the activity.</summary>
    public static void Fail(RunChange change, PendingActivity activity, Failure? failure, Payloads? lastHeartbeat, string identity)
    {
        activity.HeartbeatDetails = lastHeartbeat ?? activity.HeartbeatDetails;
        var state = Retry(change, activity, failure);
        if (state != RetryState.InProgress)
        {
            End(change, activity, identity, startedId => new HistoryEvent
            {
                EventType = EventType.ActivityTaskFailed,
                ActivityTaskFailedEventAttributes = new()
                {
                    Failure = failure,
                    RetryState = state,
                    ScheduledEventId = activity.ScheduledEventId,
                    StartedEventId = startedId,
                    Identity = identity,
                },
            });
        }
    }

    public static void TimeOut(RunChange change, PendingActivity activity, TimeoutType type)
    {
        var failure = TimeoutFailure(type);
        var state = Retry(change, activity, failure.Clone());
        if (state == RetryState.InProgress)
        {
            return;
        }

        // The time for all attempts would be over before the next one.
        failure = state == RetryState.Timeout ? TimeoutFailure(TimeoutType.ScheduleToClose) : failure;
        failure.TimeoutFailureInfo.LastHeartbeatDetails = state == RetryState.Timeout ? null : activity.HeartbeatDetails;
        failure.Cause = activity.LastFailure;
        End(change, activity, activity.Identity, startedId => new HistoryEvent
        {
            EventType = EventType.ActivityTaskTimedOut,
            ActivityTaskTimedOutEventAttributes = new() { Failure = failure, RetryState = state, ScheduledEventId = activity.ScheduledEventId, StartedEventId = startedId },
        });
    }

    /// <summary>The workflow asked for its cancellation. One that no worker has ends at once; a worker hears of it with its next heartbeat.</summary>
    public static void RequestCancel(RunChange change, PendingActivity activity, long requestedEventId)
    {
        activity.CancelRequestedEventId = requestedEventId;
        if (activity.StartedAt is not null)
        {
            return;
        }

        var details = new Payloads();
        details.Payloads_.Add(JsonPayload("\"ACTIVITY_ID_NOT_STARTED\""));
        change.Run.Activities.Remove(activity.ScheduledEventId);
        change.Record(new HistoryEvent
        {
            EventType = EventType.ActivityTaskCanceled,
            ActivityTaskCanceledEventAttributes = new() { Details = details, LatestCancelRequestedEventId = requestedEventId, ScheduledEventId = activity.ScheduledEventId },
        });
    }

    /// <summary>The time after which the current attempt, or the activity as a whole, has timed out; null if it never does.</summary>
    public static (DateTime At, TimeoutType Type)? Deadline(PendingActivity activity)
    {
        (DateTime At, TimeoutType Type)? earliest = null;
        void Consider(TimeSpan timeout, DateTime from, TimeoutType type)
        {
            if (timeout > TimeSpan.Zero && (earliest is null || from.Plus(timeout) < earliest.Value.At))
            {
                earliest = (from.Plus(timeout), type);
            }
        }

        Consider(activity.ScheduleToClose, activity.FirstScheduledAt, TimeoutType.ScheduleToClose);
        if (activity.StartedAt is { } startedAt)
        {
            Consider(activity.StartToClose, startedAt, TimeoutType.StartToClose);
            Consider(activity.Heartbeat, activity.HeartbeatAt > startedAt ? activity.HeartbeatAt.Value : startedAt, TimeoutType.Heartbeat);
        }
        else if (!activity.InBackoff)
        {
            Consider(activity.ScheduleToStart, activity.ScheduledAt, TimeoutType.ScheduleToStart);
        }

        return earliest;
    }

    public static Payload JsonPayload(string json) => new()
    {
        Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
        Data = ByteString.CopyFromUtf8(json),
    };

    private static Failure TimeoutFailure(TimeoutType type) => new()
    {
        Message = $"activity {type} timeout",
        Source = "Server",
        TimeoutFailureInfo = new() { TimeoutType = type },
    };

    private static RetryState Retry(RunChange change, PendingActivity activity, Failure? failure)
    {
        if (activity.CancelRequestedEventId != 0)
        {
            return RetryState.CancelRequested;
        }

        DateTime? expiresAt = activity.ScheduleToClose > TimeSpan.Zero ? activity.FirstScheduledAt.Plus(activity.ScheduleToClose) : null;
        var (state, delay) = RetryPolicies.Next(activity.Retry, activity.Attempt, failure, change.Now, expiresAt);
        if (state == RetryState.InProgress)
        {
            activity.Attempt++;
            activity.StartedAt = null;
            activity.LastFailure = failure;
            activity.LastAttemptEndedAt = change.Now;
            activity.ScheduledAt = change.Now.Plus(delay);
            activity.InBackoff = true;
            Due.DispatchAfterBackoff(change, activity);
        }

        return state;
    }

    private static void End(RunChange change, PendingActivity activity, string identity, Func<long, HistoryEvent> end)
    {
        change.Run.Activities.Remove(activity.ScheduledEventId);
        long startedId = 0;

        // An activity that ended by id before a worker took it has a started event all the same.
        if (activity.StartedAt is not null || end(0).EventType is not EventType.ActivityTaskTimedOut)
        {
            var started = new HistoryEvent
            {
                EventType = EventType.ActivityTaskStarted,
                EventTime = (activity.StartedAt ?? change.Now).Proto(),
                ActivityTaskStartedEventAttributes = new()
                {
                    ScheduledEventId = activity.ScheduledEventId,
                    Identity = activity.StartedAt is null ? identity : activity.Identity,
                    RequestId = activity.RequestId,
                    Attempt = activity.Attempt,
                    LastFailure = activity.LastFailure,
                },
            };
            change.Record(started);
            startedId = started.EventId;
        }

        change.Record(end(startedId));
        change.EnsureTask();
    }
}
