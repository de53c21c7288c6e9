namespace Recoup.Embedded.Temporal.Runs;

/// <summary>What a run may hold; the defaults are those of the real server.</summary>
internal sealed record Limits
{
    /// <summary>Of one payload, a memo or a failure.</summary>
    public long PayloadBytesMax { get; init; } = 2 << 20;

    public int HistoryEventsMax { get; init; } = 51_200;

    public long HistoryBytesMax { get; init; } = 50L << 20;

    /// <summary>From so many events on, workers are told that continuing as new would be wise.</summary>
    public int SuggestContinueAsNewEvents { get; init; } = 4 * 1_024;

    public long SuggestContinueAsNewBytes { get; init; } = 4 << 20;

    public int PendingActivitiesMax { get; init; } = 2_000;

    public int SignalsMax { get; init; } = 10_000;

    public int SearchAttributeBytesMax { get; init; } = 2_048;

    public int SearchAttributesBytesMax { get; init; } = 40 * 1_024;

    /// <summary>Of workflow ids, types, queues and request ids, in characters.</summary>
    public int NameLengthMax { get; init; } = 1_000;
}

/// <summary>What the run's functions must know of search attributes.</summary>
internal interface ISearchAttributeRules
{
    /// <summary>What is wrong with these; null if nothing is.</summary>
    string? Problem(SearchAttributes attributes);

    /// <summary>The same with the type of each as metadata, as workers and tools expect.</summary>
    SearchAttributes Typed(SearchAttributes attributes);
}
