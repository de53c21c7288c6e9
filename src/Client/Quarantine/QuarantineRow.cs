using Recoup.Silo.Lake.Quarantine;

namespace Recoup.Client.Quarantine;

/// <summary>What became of a replay.</summary>
internal enum ReplayFate
{
    /// <summary>It was decided on, and nobody knows whether it was published: the same replay again finds out.</summary>
    InDoubt,

    /// <summary>It is in the log, and the validation has not come to it yet.</summary>
    Pending,

    /// <summary>It stands in bronze.</summary>
    Accepted,

    /// <summary>It is in quarantine too.</summary>
    Quarantined,
}

/// <summary>The newest replay of a row.</summary>
/// <param name="Record">Where it lies, as <c>topic/partition/offset</c>; null while that is not known.</param>
/// <param name="Attempt">Which one it is, from 1.</param>
/// <param name="Fate">What became of it.</param>
internal sealed record ReplayLink(string? Record, int Attempt, ReplayFate Fate);

/// <summary>One quarantined record.</summary>
internal sealed record QuarantineRow
{
    /// <summary>The record as <c>topic/partition/offset</c>.</summary>
    public required string Record { get; init; }
    public required string Table { get; init; }
    public required DateTimeOffset QuarantinedAt { get; init; }

    /// <summary>Every reason, in the order of the columns.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
    public required string? EventId { get; init; }
    public required string? PaymentId { get; init; }

    /// <summary>Null: it was not replayed.</summary>
    public ReplayLink? Replayed { get; init; }

    /// <summary>The record that this one is a replay of.</summary>
    public string? ReplayOf { get; init; }

    public RecordAddress Address => RecordAddress.Parse(Record);
}

/// <param name="Table">The quarantine table.</param>
/// <param name="Reason">All reasons of the rows, joined by <c>;</c>.</param>
/// <param name="Rows">How many.</param>
internal sealed record QuarantineCount(string Table, string Reason, long Rows);
