using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Recoup.Silo.Workflows.Timelines;

/// <summary>Events that tell a whole thing by themselves: start, signals, markers, failed workflow tasks, ends.</summary>
internal static class LifecycleEntry
{
    /// <summary>What the recovery workflow repeats after each step for those who search; the step's own entry says it.</summary>
    private static readonly string[] StepAttributes = ["FailureCode", "RecoveryStatus"];

    /// <summary>The entry; null for book-keeping: workflow tasks that went well, and search attributes that repeat a step's answer.</summary>
    public static TimelineEntry? Read(HistoryEvent happened)
    {
        var read = happened.EventType switch
        {
            EventType.WorkflowTaskScheduled or EventType.WorkflowTaskStarted or EventType.WorkflowTaskCompleted => null,
            EventType.UpsertWorkflowSearchAttributes when RepeatsStep(happened.UpsertWorkflowSearchAttributesEventAttributes) => null,
            EventType.WorkflowExecutionStarted => Started(happened.WorkflowExecutionStartedEventAttributes),
            EventType.WorkflowExecutionSignaled => Signalled(happened.WorkflowExecutionSignaledEventAttributes),
            EventType.WorkflowExecutionCancelRequested => new Reading(TimelineKind.Signal, "Asked to cancel", Said(happened.WorkflowExecutionCancelRequestedEventAttributes.Cause)),
            EventType.ActivityTaskCancelRequested => new Reading(TimelineKind.Note, "An activity was asked to cancel"),
            EventType.WorkflowTaskFailed => TaskFailed(happened.WorkflowTaskFailedEventAttributes),
            EventType.WorkflowTaskTimedOut => new Reading(TimelineKind.Problem, "The worker did not answer in time", [Wording.Of(happened.WorkflowTaskTimedOutEventAttributes.TimeoutType)]),
            EventType.MarkerRecorded => new Reading(TimelineKind.Note, $"Marker {happened.MarkerRecordedEventAttributes.MarkerName}", Marked(happened.MarkerRecordedEventAttributes)),
            EventType.UpsertWorkflowSearchAttributes => new Reading(TimelineKind.Note, "Search attributes", Fields(happened.UpsertWorkflowSearchAttributesEventAttributes.SearchAttributes.IndexedFields)),
            EventType.WorkflowPropertiesModified => new Reading(TimelineKind.Note, "Memo", Fields(happened.WorkflowPropertiesModifiedEventAttributes.UpsertedMemo?.Fields ?? [])),
            _ => End(happened) ?? new Reading(TimelineKind.Note, Wording.Of(happened.EventType)),
        };
        return read is null ? null : new TimelineEntry(happened.EventTime.ToDateTimeOffset(), read.Kind, read.Title) { Details = read.Details ?? [], Values = [.. Values(happened)] };
    }

    private static Reading? End(HistoryEvent happened) => happened.EventType switch
    {
        EventType.WorkflowExecutionCompleted => new(TimelineKind.Ended, "Completed", Answered(happened.WorkflowExecutionCompletedEventAttributes.Result)),
        EventType.WorkflowExecutionFailed => new(TimelineKind.Ended, "Failed", [FailureText.Of(happened.WorkflowExecutionFailedEventAttributes.Failure)]),
        EventType.WorkflowExecutionTimedOut => new(TimelineKind.Ended, "Timed out"),
        EventType.WorkflowExecutionCanceled => new(TimelineKind.Ended, "Cancelled", Answered(happened.WorkflowExecutionCanceledEventAttributes.Details)),
        EventType.WorkflowExecutionTerminated => new(TimelineKind.Ended, "Terminated", Said(happened.WorkflowExecutionTerminatedEventAttributes.Reason)),
        EventType.WorkflowExecutionContinuedAsNew => new(TimelineKind.Note, "Continued as a new run"),
        _ => null,
    };

    private static IEnumerable<TimelineValue> Values(HistoryEvent happened) => happened.EventType switch
    {
        EventType.WorkflowExecutionStarted => TimelineValue.Of("input", happened.WorkflowExecutionStartedEventAttributes.Input),
        EventType.WorkflowExecutionSignaled => TimelineValue.Of("input", happened.WorkflowExecutionSignaledEventAttributes.Input),
        EventType.WorkflowExecutionCompleted => TimelineValue.Of("result", happened.WorkflowExecutionCompletedEventAttributes.Result),
        EventType.WorkflowExecutionCanceled => TimelineValue.Of("details", happened.WorkflowExecutionCanceledEventAttributes.Details),
        EventType.WorkflowExecutionTerminated => TimelineValue.Of("details", happened.WorkflowExecutionTerminatedEventAttributes.Details),
        EventType.WorkflowExecutionContinuedAsNew => TimelineValue.Of("input", happened.WorkflowExecutionContinuedAsNewEventAttributes.Input),
        EventType.WorkflowExecutionFailed => TimelineValue.Of("error", happened.WorkflowExecutionFailedEventAttributes.Failure),
        EventType.WorkflowTaskFailed => TimelineValue.Of("error", happened.WorkflowTaskFailedEventAttributes.Failure),
        _ => [],
    };

    private static bool RepeatsStep(UpsertWorkflowSearchAttributesEventAttributes upsert) =>
        upsert.SearchAttributes.IndexedFields.Keys.All(name => StepAttributes.Contains(name));

    private static Reading Started(WorkflowExecutionStartedEventAttributes started)
    {
        var again = string.IsNullOrEmpty(started.ContinuedExecutionRunId) ? "Started" : "Went on in a new run";
        var input = PayloadText.Of(started.Input);
        var retry = started.Attempt > 1 ? [$"try {started.Attempt}; the one before: {FailureText.Of(started.ContinuedFailure)}"] : Array.Empty<string>();
        return new(TimelineKind.Started, $"{again} {started.WorkflowType.Name}", [.. Said(input), .. retry]);
    }

    private static Reading Signalled(WorkflowExecutionSignaledEventAttributes signal) =>
        new(TimelineKind.Signal, $"Signal {signal.SignalName}", Said(PayloadText.Of(signal.Input)));

    private static Reading TaskFailed(WorkflowTaskFailedEventAttributes failed) => new(
        TimelineKind.Problem,
        "The workflow's code failed; it is tried again",
        [$"{Wording.Of(failed.Cause)}: {FailureText.Of(failed.Failure)}"]);

    /// <summary>Of a local activity its type, of a patch its id: the details that have JSON in them.</summary>
    private static IReadOnlyList<string> Marked(MarkerRecordedEventAttributes marker) =>
        [.. marker.Details.OrderBy(detail => detail.Key, StringComparer.Ordinal).Select(detail => $"{detail.Key} {PayloadText.Of(detail.Value)}")];

    private static IReadOnlyList<string> Fields(IEnumerable<KeyValuePair<string, Payload>> fields) =>
        [.. fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key} = {PayloadText.Of(field.Value)}")];

    private static string[] Answered(Payloads? result) => Said(PayloadText.Of(result));

    private static string[] Said(string? text) => string.IsNullOrEmpty(text) ? [] : [text];

    private sealed record Reading(TimelineKind Kind, string Title, IReadOnlyList<string>? Details = null);
}
