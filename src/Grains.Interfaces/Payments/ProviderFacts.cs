namespace Recoup.Payments;

/// <summary>What a provider's webhook says happened to a payment. Facts arrive in any order, more than once, and lead to the same end.</summary>
[GenerateSerializer, Immutable, Alias("recoup.provider-fact")]
public abstract record ProviderFact
{
    /// <summary>The inbox key of the event that told it (<c>stripe:evt_…:charge.failed</c>, with <c>#re_…</c> where one event tells several): a fact is applied once.</summary>
    [Id(0)] public required string SourceEvent { get; init; }

    /// <summary><c>stripe</c> or <c>square</c>.</summary>
    [Id(1)] public required string Provider { get; init; }

    /// <summary>When it happened, as the provider says.</summary>
    [Id(2)] public required DateTimeOffset OccurredAt { get; init; }
}

/// <summary>A charge at the provider ended. It opens the payment when this is the first that is heard of it.</summary>
[GenerateSerializer, Immutable, Alias("recoup.charge-reported")]
public sealed record ChargeReported : ProviderFact
{
    /// <summary>
    /// The provider's id of this one charge; an attempt of ours that has it is the same attempt. Null when the event does not tell (invoices of newer
    /// Stripe API versions and of Square): it is about a charge that other events name, before or after, so it opens a payment and says whether it was
    /// collected, and is never one more attempt beside those that are named.
    /// </summary>
    [Id(0)] public string? ChargeId { get; init; }
    [Id(1)] public required bool Succeeded { get; init; }

    /// <summary>Parameters of the payment, as far as the event has them.</summary>
    [Id(2)] public required SubmitPayment Payment { get; init; }

    /// <summary>Null although the charge failed: this event does not tell why; another one of the same charge may.</summary>
    [Id(3)] public string? FailureCode { get; init; }
    [Id(4)] public string? DeclineCode { get; init; }
    [Id(5)] public string? NetworkCode { get; init; }
    [Id(6)] public string? AdviceCode { get; init; }

    /// <summary>The idempotency key of our own attempt, when the provider gives it back (<c>{payment_id}:{attempt}</c>).</summary>
    [Id(7)] public string? IdempotencyKey { get; init; }
}

[GenerateSerializer, Immutable, Alias("recoup.refund-reported")]
public sealed record RefundReported : ProviderFact
{
    [Id(0)] public required string RefundId { get; init; }
    [Id(1)] public string? ChargeId { get; init; }
    [Id(2)] public required long AmountMinor { get; init; }
    [Id(3)] public required string Currency { get; init; }

    /// <summary><c>pending</c>, <c>succeeded</c>, <c>failed</c>.</summary>
    [Id(4)] public required string Status { get; init; }
    [Id(5)] public string? Reason { get; init; }
    [Id(6)] public string? FailureReason { get; init; }

    /// <summary>Our own refund's key, when the provider gives it back (<c>{payment_id}:refund:{n}</c>).</summary>
    [Id(7)] public string? IdempotencyKey { get; init; }

    /// <summary>
    /// True when the event tells only how much of the charge has gone back so far (Stripe from 2022-11-15 on): <see cref="AmountMinor"/> is that sum, and
    /// <see cref="RefundId"/> is no refund's id. The refunds that it adds up may be reported one by one too, before or after: what has gone back of the
    /// charge is the larger of this sum and theirs.
    /// </summary>
    [Id(8)] public bool IsTotal { get; init; }
}

[GenerateSerializer, Immutable, Alias("recoup.dispute-reported")]
public sealed record DisputeReported : ProviderFact
{
    [Id(0)] public required string DisputeId { get; init; }
    [Id(1)] public string? ChargeId { get; init; }
    [Id(2)] public required long AmountMinor { get; init; }
    [Id(3)] public required string Currency { get; init; }

    /// <summary><c>needs_response</c>, <c>under_review</c>, <c>won</c>, <c>lost</c>.</summary>
    [Id(4)] public required string Status { get; init; }
    [Id(5)] public string? Reason { get; init; }
    [Id(6)] public string? NetworkReasonCode { get; init; }
    [Id(7)] public DateTimeOffset? EvidenceDueAt { get; init; }
}

/// <summary>The provider cancelled the payment (payment intent or invoice cancelled, invoice voided).</summary>
[GenerateSerializer, Immutable, Alias("recoup.cancel-reported")]
public sealed record CancelReported : ProviderFact
{
    [Id(0)] public string? Reason { get; init; }
}
