namespace Recoup.Pipeline.Reconciliation;

/// <summary>The same payment or subscription, as bronze has it.</summary>
/// <param name="Key">The payment's or subscription's id.</param>
/// <param name="Events">Distinct event ids.</param>
/// <param name="LastNumber">The highest n of an event id <c>{key}:{n}</c>; 0 when none looks like that.</param>
/// <param name="Currency">Of its events; null when they do not agree.</param>
/// <param name="AmountMinor">Of its charges; null when they do not agree, or there is none.</param>
/// <param name="IsCollected">It has a <c>charge.succeeded</c>.</param>
/// <param name="Quarantined">Distinct event ids that stand in quarantine.</param>
internal sealed record LakeBook(string Key, long Events, long LastNumber, string? Currency, long? AmountMinor, bool IsCollected, long Quarantined);
