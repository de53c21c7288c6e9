namespace Recoup.Client.Timelines;

/// <summary>One thing that happened, as a person reads it: a few words, the details say the rest, a line each. The kind chooses mark and colour.</summary>
internal sealed record TimelineEntry(DateTimeOffset At, TimelineKind Kind, string Title)
{
    public IReadOnlyList<string> Details { get; init; } = [];
}

internal enum TimelineKind
{
    Started,
    Decision,

    /// <summary>Time passes: until a moment, or until somebody answers.</summary>
    Wait,

    /// <summary>An attempt whose result is not known yet.</summary>
    Attempt,
    Collected,
    Declined,
    Signal,

    /// <summary>Something went wrong and was, or will be, tried again.</summary>
    Problem,
    Note,
    Ended,
}
