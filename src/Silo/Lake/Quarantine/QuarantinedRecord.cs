namespace Recoup.Silo.Lake.Quarantine;

/// <summary>A row of a quarantine table.</summary>
/// <param name="Address">The record that it came from.</param>
/// <param name="Raw">The record's bytes without card numbers; null was a tombstone.</param>
/// <param name="Reasons">Why it was refused, in the order of the columns.</param>
/// <param name="EventId">The event's id, where it could be read.</param>
internal sealed record QuarantinedRecord(RecordAddress Address, byte[]? Raw, IReadOnlyList<string> Reasons, string? EventId);
