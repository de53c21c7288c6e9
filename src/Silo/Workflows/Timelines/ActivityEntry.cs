using System.Globalization;
using Recoup.Payments;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Recoup.Silo.Workflows.Timelines;

/// <summary>One activity as one entry: a decision, an attempt, the end of the recovery, or any other by its name; with its retries and their errors.</summary>
internal static class ActivityEntry
{
    public static TimelineEntry Read(RunIndex run, HistoryEvent scheduled)
    {
        var attributes = scheduled.ActivityTaskScheduledEventAttributes;
        var closing = run.ClosingOf(scheduled);
        var step = StepReading.Of(closing?.ActivityTaskCompletedEventAttributes?.Result);
        var at = scheduled.EventTime.ToDateTimeOffset();
        var (kind, title) = Describe(attributes, closing, step);
        return new TimelineEntry(at, kind, title)
        {
            Details = [.. Answer(attributes, closing, step), .. Tries(run, scheduled), .. End(closing), .. Duration(scheduled, closing)],
            Values = [.. TimelineValue.Of("input", attributes.Input), .. Outcome(run, scheduled, closing)],
        };
    }

    private static (TimelineKind Kind, string Title) Describe(ActivityTaskScheduledEventAttributes attributes, HistoryEvent? closing, StepReading? step)
    {
        var name = attributes.ActivityType.Name;
        if (closing is { EventType: not EventType.ActivityTaskCompleted })
        {
            return (TimelineKind.Problem, $"{name} {EndWords(closing)}");
        }

        var number = StepReading.Number(attributes.Input) is { } n ? n.ToString(CultureInfo.InvariantCulture) + ": " : "";
        return (name, step) switch
        {
            ("Decide", { } decided) => (TimelineKind.Decision, $"Decision {number}{decided.Summary ?? Words(decided)}"),
            ("Attempt", { } attempted) => (KindOf(attempted), $"Attempt of decision {number}{attempted.Summary ?? Words(attempted)}"),
            ("Finish", { } finished) => (TimelineKind.Note, $"Finish: {finished.Summary ?? Words(finished)}"),
            ("Attempt", null) => (TimelineKind.Attempt, $"Attempt of decision {number}{UnderWay(closing)}"),
            _ => (TimelineKind.Note, $"{name}({PayloadText.Of(attributes.Input)}){(closing is null ? ": under way" : "")}"),
        };
    }

    private static TimelineKind KindOf(StepReading attempted) => attempted.Status switch
    {
        PaymentStatus.Recovered or PaymentStatus.Succeeded => TimelineKind.Collected,
        _ when attempted.FailureCode is not null => TimelineKind.Declined,
        _ => TimelineKind.Attempt,
    };

    private static string UnderWay(HistoryEvent? closing) => closing is null ? "under way" : "done";

    private static string Words(StepReading step) => string.Join(", ", new[]
    {
        step.Action is { } action ? Wording.Of(action) : null,
        step.FailureCode,
        step.Status is { } status ? $"payment {Wording.Of(status)}" : null,
    }.OfType<string>());

    private static string EndWords(HistoryEvent closing) => closing.EventType switch
    {
        EventType.ActivityTaskFailed => "failed",
        EventType.ActivityTaskTimedOut => "timed out",
        EventType.ActivityTaskCanceled => "was cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(closing), closing.EventType, "It does not close an activity."),
    };

    /// <summary>What it said, as far as the title does not.</summary>
    private static IEnumerable<string> Answer(ActivityTaskScheduledEventAttributes attributes, HistoryEvent? closing, StepReading? step)
    {
        if (step is { Summary: not null } && attributes.ActivityType.Name is "Decide" or "Attempt" or "Finish")
        {
            yield return Words(step!);
        }
        else if (step is null && closing?.ActivityTaskCompletedEventAttributes?.Result is { } result)
        {
            yield return $"answered {PayloadText.Of(result)}";
        }
    }

    private static IEnumerable<string> Tries(RunIndex run, HistoryEvent scheduled)
    {
        if (run.StartOf(scheduled) is { Attempt: > 1 } start)
        {
            yield return $"took {start.Attempt} tries; the error before the last: {FailureText.Of(start.LastFailure)}";
        }
        else if (run.PendingOf(scheduled) is { Attempt: > 1 } waiting)
        {
            yield return $"try {waiting.Attempt}; the last error: {FailureText.Of(waiting.LastFailure)}";
        }
    }

    private static IEnumerable<string> End(HistoryEvent? closing) => closing switch
    {
        { ActivityTaskFailedEventAttributes: { } failed } => Ending(FailureText.Of(failed.Failure), failed.RetryState),
        { ActivityTaskTimedOutEventAttributes: { } timedOut } => Ending(FailureText.Of(timedOut.Failure), timedOut.RetryState),
        _ => [],
    };

    private static IEnumerable<string> Ending(string error, RetryState state) => FailureText.WhyNotRetried(state) is { } why ? [error, why] : [error];

    private static IEnumerable<TimelineValue> Outcome(RunIndex run, HistoryEvent scheduled, HistoryEvent? closing) =>
    [
        .. TimelineValue.Of("error before the last try", run.StartOf(scheduled)?.LastFailure),
        .. TimelineValue.Of("last error", run.PendingOf(scheduled)?.LastFailure),
        .. TimelineValue.Of("result", closing?.ActivityTaskCompletedEventAttributes?.Result),
        .. TimelineValue.Of("details", closing?.ActivityTaskCanceledEventAttributes?.Details),
        .. TimelineValue.Of("error", closing?.ActivityTaskFailedEventAttributes?.Failure ?? closing?.ActivityTaskTimedOutEventAttributes?.Failure),
    ];

    /// <summary>Only what is long enough to be noticed.</summary>
    private static IEnumerable<string> Duration(HistoryEvent scheduled, HistoryEvent? closing)
    {
        var lasted = closing is null ? TimeSpan.Zero : closing.EventTime.ToDateTimeOffset() - scheduled.EventTime.ToDateTimeOffset();
        return lasted >= TimeSpan.FromSeconds(1) ? [$"lasted {DurationText.Of(lasted)}"] : [];
    }
}
