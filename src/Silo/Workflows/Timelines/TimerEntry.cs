using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Recoup.Silo.Workflows.Timelines;

/// <summary>One durable timer as one entry: how long, until when (business time, where the decision said it), and what ended it.</summary>
internal static class TimerEntry
{
    /// <summary>Closer than this, business time and wall time are the same to a reader.</summary>
    private static readonly TimeSpan SameTime = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Takes what stands elsewhere in the history: the step before, which may say why and until when in business time, and the newest signal between the
    /// timer's start and its end.
    /// </summary>
    public static TimelineEntry Read(RunIndex run, HistoryEvent started, StepReading? step, string? lastSignal)
    {
        var at = started.EventTime.ToDateTimeOffset();
        var planned = started.TimerStartedEventAttributes.StartToFireTimeout.ToTimeSpan();
        var closing = run.ClosingOf(started);
        return new TimelineEntry(at, TimelineKind.Wait, Title(at, planned, closing, Until(at, planned, step?.Until)))
        {
            Details = [.. Summary(started, step), .. Cut(closing, lastSignal)],
        };
    }

    private static string Title(DateTimeOffset at, TimeSpan planned, HistoryEvent? closing, string until) => closing?.EventType switch
    {
        null => $"Waiting {DurationText.Of(planned)}{until}",
        EventType.TimerFired => $"Waited {DurationText.Of(planned)}{until}",
        _ => $"Waited {DurationText.Of(closing.EventTime.ToDateTimeOffset() - at)} of {DurationText.Of(planned)}{until}",
    };

    private static string Until(DateTimeOffset at, TimeSpan planned, DateTimeOffset? until)
    {
        var wall = at + planned;
        return until is { } business && (business - wall).Duration() > SameTime
            ? $", until {TimeText.Of(business)} in business time"
            : $", until {TimeText.Of(wall)}";
    }

    /// <summary>What the timer itself says, unless it is what the decision has said just before; the server keeps only the beginning of a long one.</summary>
    private static IEnumerable<string> Summary(HistoryEvent started, StepReading? step) =>
        PayloadText.String(started.UserMetadata?.Summary) is { } summary
        && step?.Summary?.StartsWith(summary.Replace("...", "", StringComparison.Ordinal), StringComparison.Ordinal) is not true
            ? [summary]
            : [];

    private static IEnumerable<string> Cut(HistoryEvent? closing, string? lastSignal) =>
        closing?.EventType is EventType.TimerCanceled ? [lastSignal is null ? "ended early by the workflow" : $"ended early by the signal {lastSignal}"] : [];
}
