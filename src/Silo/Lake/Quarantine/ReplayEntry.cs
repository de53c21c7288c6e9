namespace Recoup.Silo.Lake.Quarantine;

/// <summary>How far a replay has come.</summary>
internal enum ReplayState
{
    /// <summary>It is decided what will be published; whether it was is not known.</summary>
    Intended,

    /// <summary>The log has it.</summary>
    Published,
}

/// <summary>One row of the journal of replays. Rows are only added: an intention before the record is published, its place in the log afterwards.</summary>
internal sealed record ReplayEntry
{
    /// <summary>The record that was quarantined first; a replay of a replay still names that one.</summary>
    public required RecordAddress Original { get; init; }

    /// <summary>From 1; another one only after the validation refused the last.</summary>
    public required int Attempt { get; init; }
    public required ReplayState State { get; init; }
    public required string EventId { get; init; }
    public required string Key { get; init; }
    public required string EventType { get; init; }
    public required string SchemaVersion { get; init; }

    /// <summary>The corrected record, as it is published.</summary>
    public required byte[] Record { get; init; }

    /// <summary>Where the log ended before it was published, by partition: a lost answer is looked for from there.</summary>
    public required IReadOnlyDictionary<int, long> LogEnds { get; init; }

    /// <summary>Where it lies; null while it is intended.</summary>
    public required RecordAddress? Replay { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>What the journal says, and how many rows it had when it was read.</summary>
internal sealed class ReplayHistory(IReadOnlyList<ReplayEntry> entries, long rows)
{
    public long Rows { get; } = rows;

    /// <summary>The newest attempts at these originals of which it is not known whether the log has them.</summary>
    public IReadOnlyList<ReplayEntry> InDoubt(IEnumerable<RecordAddress> asked) =>
        [.. asked.Select(OriginalOf).Distinct().Select(LastOf).OfType<ReplayEntry>().Where(entry => entry.State is ReplayState.Intended)];

    /// <summary>The record that was quarantined first, where this one is a replay of it; else this one itself.</summary>
    public RecordAddress OriginalOf(RecordAddress address) => entries.FirstOrDefault(entry => entry.Replay == address)?.Original ?? address;

    /// <summary>The last word on the newest attempt; null when there was none.</summary>
    public ReplayEntry? LastOf(RecordAddress original) => entries.Where(entry => entry.Original == original).OrderBy(entry => (entry.Attempt, entry.State)).LastOrDefault();
}
