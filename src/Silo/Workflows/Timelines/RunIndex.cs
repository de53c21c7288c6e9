using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Workflow.V1;

namespace Recoup.Silo.Workflows.Timelines;

/// <summary>The events of one run, with what belongs together found: an activity's or a timer's later events by the event that opened it.</summary>
internal sealed class RunIndex
{
    private readonly Dictionary<long, HistoryEvent> started = [];
    private readonly Dictionary<long, HistoryEvent> closed = [];
    private readonly Dictionary<string, PendingActivityInfo> pending;

    public RunIndex(IReadOnlyList<HistoryEvent> events, IEnumerable<PendingActivityInfo> pending)
    {
        Events = events;
        this.pending = pending.ToDictionary(activity => activity.ActivityId, StringComparer.Ordinal);
        foreach (var happened in events)
        {
            if (happened.EventType is EventType.ActivityTaskStarted)
            {
                started[happened.ActivityTaskStartedEventAttributes.ScheduledEventId] = happened;
            }
            else if (OpenedBy(happened) is { } opening)
            {
                closed[opening] = happened;
            }
        }
    }

    public IReadOnlyList<HistoryEvent> Events { get; }

    /// <summary>The event that ended the activity or timer that this event opened; null while it is open.</summary>
    public HistoryEvent? ClosingOf(HistoryEvent opening) => closed.GetValueOrDefault(opening.EventId);

    /// <summary>Its start, which the server writes only when the activity ends: with the number of the last try and the error of the one before.</summary>
    public ActivityTaskStartedEventAttributes? StartOf(HistoryEvent scheduled) =>
        started.GetValueOrDefault(scheduled.EventId)?.ActivityTaskStartedEventAttributes;

    /// <summary>What the server knows of an activity that is still open and therefore has no start in the history.</summary>
    public PendingActivityInfo? PendingOf(HistoryEvent scheduled) =>
        pending.GetValueOrDefault(scheduled.ActivityTaskScheduledEventAttributes.ActivityId);

    /// <summary>The events before this one, newest first.</summary>
    public IEnumerable<HistoryEvent> Before(HistoryEvent happened)
    {
        for (var at = IndexOf(happened) - 1; at >= 0; at--)
        {
            yield return Events[at];
        }
    }

    /// <summary>Events are numbered without a gap.</summary>
    private int IndexOf(HistoryEvent happened) => checked((int)(happened.EventId - Events[0].EventId));

    private static long? OpenedBy(HistoryEvent happened) => happened.EventType switch
    {
        EventType.ActivityTaskCompleted => happened.ActivityTaskCompletedEventAttributes.ScheduledEventId,
        EventType.ActivityTaskFailed => happened.ActivityTaskFailedEventAttributes.ScheduledEventId,
        EventType.ActivityTaskTimedOut => happened.ActivityTaskTimedOutEventAttributes.ScheduledEventId,
        EventType.ActivityTaskCanceled => happened.ActivityTaskCanceledEventAttributes.ScheduledEventId,
        EventType.TimerFired => happened.TimerFiredEventAttributes.StartedEventId,
        EventType.TimerCanceled => happened.TimerCanceledEventAttributes.StartedEventId,
        _ => null,
    };
}
