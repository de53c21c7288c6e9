using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Workflow.V1;

namespace Recoup.Silo.Workflows.Timelines;

/// <summary>
/// A workflow's history as a timeline: pure. Every activity, timer, signal, marker, failed task, start and end has its one entry, in the order in which
/// they began; only workflow tasks that went well have none.
/// </summary>
public static class HistoryTimeline
{
    /// <summary>Reads one run, from its first event, with what the server says of activities that are still open.</summary>
    public static IReadOnlyList<TimelineEntry> Read(IReadOnlyList<HistoryEvent> events, IEnumerable<PendingActivityInfo>? pending = null)
    {
        var run = new RunIndex(events, pending ?? []);
        return [.. events.Select(happened => Entry(run, happened)).OfType<TimelineEntry>()];
    }

    private static TimelineEntry? Entry(RunIndex run, HistoryEvent happened) => happened.EventType switch
    {
        EventType.ActivityTaskScheduled => ActivityEntry.Read(run, happened),
        EventType.TimerStarted => TimerEntry.Read(run, happened, StepBefore(run, happened), SignalWithin(run, happened)),

        // Told with the event that opened the activity or timer.
        EventType.ActivityTaskStarted or EventType.ActivityTaskCompleted or EventType.ActivityTaskFailed or EventType.ActivityTaskTimedOut
            or EventType.ActivityTaskCanceled or EventType.TimerFired or EventType.TimerCanceled => null,
        _ => LifecycleEntry.Read(happened),
    };

    /// <summary>The newest step whose answer came before the timer: the decision to wait.</summary>
    private static StepReading? StepBefore(RunIndex run, HistoryEvent timer) => run.Before(timer)
        .Where(happened => happened.EventType is EventType.ActivityTaskCompleted)
        .Select(happened => StepReading.Of(happened.ActivityTaskCompletedEventAttributes.Result))
        .FirstOrDefault(step => step is not null);

    private static string? SignalWithin(RunIndex run, HistoryEvent timer) => run.ClosingOf(timer) is { } closing
        ? run.Before(closing)
            .TakeWhile(happened => happened.EventId > timer.EventId)
            .FirstOrDefault(happened => happened.EventType is EventType.WorkflowExecutionSignaled)?
            .WorkflowExecutionSignaledEventAttributes.SignalName
        : null;
}
