namespace Recoup.Gateways.Simulated.Ledger;

/// <summary>One line of the books. A line is written once and never changed.</summary>
internal sealed record LedgerEntry
{
    public required string IdempotencyKey { get; init; }
    public required string PaymentId { get; init; }
    public required EntryKind Kind { get; init; }
    public required bool Succeeded { get; init; }
    public required long AmountMinor { get; init; }
    public required string Currency { get; init; }

    /// <summary>Business time, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    public required string Provider { get; init; }

    /// <summary>The provider's own payment (Stripe's payment intent, Square's order); null for what Recoup processes itself.</summary>
    public string? ProviderReference { get; init; }

    /// <summary>The provider's id of this charge or refund.</summary>
    public required string ObjectId { get; init; }

    /// <summary>Of a refund: the charge that it gives back. Of a charge: itself.</summary>
    public required string ChargeId { get; init; }
    public string? CustomerId { get; init; }
    public string? MerchantId { get; init; }
    public string? CardId { get; init; }
    public string? FailureCode { get; init; }
    public string? DeclineCode { get; init; }
    public string? NetworkCode { get; init; }
    public string? AdviceCode { get; init; }

    /// <summary>The provider moved the money by itself or for its merchant; Recoup did not ask for it.</summary>
    public bool IsProvidersOwn => IdempotencyKey.StartsWith(Provider + ":", StringComparison.Ordinal);

    /// <summary>Whether a call with the same key asks for the same movement of money.</summary>
    public bool AsksTheSameAs(LedgerEntry other) =>
        (Kind, PaymentId, AmountMinor, Currency, CardId) == (other.Kind, other.PaymentId, other.AmountMinor, other.Currency, other.CardId);
}

internal enum EntryKind
{
    Charge,
    Refund,
}
