namespace Recoup.Silo.Workflows.Timelines;

/// <summary>One thing that happened, as a person reads it: a few words, the details say the rest, a line each. The kind chooses mark and colour.</summary>
public sealed record TimelineEntry(DateTimeOffset At, TimelineKind Kind, string Title)
{
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Inputs, results and errors in full, for who wants to look closer.</summary>
    public IReadOnlyList<TimelineValue> Values { get; init; } = [];
}

public enum TimelineKind
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
