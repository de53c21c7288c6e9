namespace Recoup.Gateways.Simulated.World;

/// <summary>A charge as the issuer sees it.</summary>
internal sealed record WorldCharge
{
    /// <summary>The idempotency key: what is thrown anew at every attempt hangs on it.</summary>
    public required string Key { get; init; }

    /// <summary>The same for all attempts on one payment: the payment id, or the provider's reference.</summary>
    public required string PaymentKey { get; init; }
    public required string Provider { get; init; }
    public required string CustomerId { get; init; }
    public string? CardId { get; init; }
    public string? CardNetwork { get; init; }
    public required long AmountMinor { get; init; }

    /// <summary>Business time.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>What the customer has done after a message, as the ledger recorded it.</summary>
/// <param name="CardUpdatedAt">When the card's data were last updated; null: never.</param>
/// <param name="CvcEntered">The right CVC was entered for this payment.</param>
/// <param name="Contacted">The customer talked to the bank about this payment.</param>
internal sealed record CustomerDeeds(DateTimeOffset? CardUpdatedAt, bool CvcEntered, bool Contacted)
{
    public static CustomerDeeds None { get; } = new(null, false, false);
}
