namespace Recoup.Silo.Lake.Quarantine;

/// <summary>What became of one original.</summary>
public enum ReplayStatus
{
    /// <summary>Published now.</summary>
    Published,

    /// <summary>The same record was published before, by an earlier call.</summary>
    AlreadyReplayed,

    /// <summary>A rehearsal: it would be published, and stand in bronze.</summary>
    WouldBePublished,

    /// <summary>The validation would refuse the corrected record too; it was not published.</summary>
    StillWrong,

    /// <summary>It is not in quarantine.</summary>
    NotQuarantined,

    /// <summary>It may not be published; the message says why.</summary>
    Refused,

    /// <summary>The log did not acknowledge it: the same call again finds out, and publishes it if it is not there.</summary>
    Unknown,
}

/// <summary>One original and its replay.</summary>
public sealed record ReplayOutcome
{
    /// <summary>As it was asked for: <c>topic/partition/offset</c>.</summary>
    public required string Original { get; init; }
    public required ReplayStatus Status { get; init; }

    /// <summary>Where the replay lies.</summary>
    public string? Replay { get; init; }
    public string? EventId { get; init; }

    /// <summary>Why it was quarantined.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Why the corrected record would be.</summary>
    public IReadOnlyList<string> ReasonsLeft { get; init; } = [];

    /// <summary>The corrected record, in a rehearsal or where it is still wrong.</summary>
    public string? Record { get; init; }
    public string? Message { get; init; }
}
