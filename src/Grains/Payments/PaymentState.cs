using Recoup.Amounts;
using Recoup.Attention;
using Recoup.Events;
using Recoup.Fraud;
using Recoup.Strategy;

namespace Recoup.Payments;

/// <summary>
/// All that is known of one payment, as facts: what was asked, what was attempted, what came back. Its status follows from the facts
/// (<see cref="PaymentStatusRules"/>), so facts that arrive in another order lead to the same end.
/// </summary>
[GenerateSerializer, Immutable, Alias("recoup.payment-state")]
public sealed record PaymentState : IHasAttention
{
    [Id(0)] public string PaymentId { get; init; } = "";

    /// <summary>The merchant's key; null for a payment that a provider told of.</summary>
    [Id(1)] public string? IdempotencyKey { get; init; }

    /// <summary>Null until the payment is submitted.</summary>
    [Id(2)] public SubmitPayment? Command { get; init; }
    [Id(3)] public string Provider { get; init; } = "recoup";
    [Id(4)] public PaymentStatus Status { get; init; }

    /// <summary>Business time.</summary>
    [Id(5)] public DateTimeOffset CreatedAt { get; init; }
    [Id(6)] public FraudVerdict? Fraud { get; init; }
    [Id(7)] public IReadOnlyList<Attempt> Attempts { get; init; } = [];
    [Id(8)] public IReadOnlyList<RecoveryDecision> Decisions { get; init; } = [];
    [Id(9)] public IReadOnlyList<Refund> Refunds { get; init; } = [];
    [Id(10)] public IReadOnlyList<Dispute> Disputes { get; init; } = [];

    /// <summary>The merchant cancelled it.</summary>
    [Id(11)] public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>The provider says that it was cancelled there; money that came in all the same outranks it.</summary>
    [Id(12)] public DateTimeOffset? ProviderCancelledAt { get; init; }
    [Id(13)] public DateTimeOffset? PaidElsewhereAt { get; init; }

    /// <summary>The recovery gave up.</summary>
    [Id(14)] public DateTimeOffset? FailedAt { get; init; }
    [Id(15)] public string? EndCode { get; init; }
    [Id(16)] public string? MergedInto { get; init; }

    /// <summary>The other payment has been told all that is known here.</summary>
    [Id(17)] public bool MergeForwarded { get; init; }
    [Id(18)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What the recovery workflow has still to be told.</summary>
    [Id(19)] public RecoverySignal? PendingSignal { get; init; }

    /// <summary>Provider events that were applied, newest last; facts are idempotent by content too, so the list may be cut.</summary>
    [Id(20)] public IReadOnlyList<string> AppliedEvents { get; init; } = [];

    /// <summary>Events of this payment so far, over all topics; numbers their ids.</summary>
    [Id(21)] public int EventCount { get; init; }
    [Id(22)] public IReadOnlyList<OutboxEvent> Outbox { get; init; } = [];

    /// <inheritdoc />
    [Id(23)] public DateTimeOffset? AttentionAt { get; init; }

    public bool IsSubmitted => Command is not null;

    public Money Amount => new(Command!.AmountMinor, Command.Currency);

    public bool IsOpen => IsSubmitted && Status is PaymentStatus.Submitted or PaymentStatus.Charging or PaymentStatus.Recovering;

    public Attempt? PendingAttempt => Attempts.FirstOrDefault(attempt => attempt.Outcome == AttemptOutcome.Pending);

    /// <summary>
    /// Providers redeliver for three days; an attempt that is older when it is heard of is history, and its recovery counts from when it was heard of.
    /// </summary>
    public static readonly TimeSpan RedeliveryMax = TimeSpan.FromDays(3);

    /// <summary>Business time from which windows and waits after this attempt count.</summary>
    public DateTimeOffset CountsFrom(Attempt attempt) => attempt.At < CreatedAt - RedeliveryMax ? CreatedAt : attempt.At;

    public Attempt? LastDecline => Attempts.LastOrDefault(attempt => attempt.Outcome == AttemptOutcome.Declined);
}

/// <summary>One charge, ours or one that the provider made and told of.</summary>
[GenerateSerializer, Immutable, Alias("recoup.attempt")]
public sealed record Attempt
{
    [Id(0)] public required int Number { get; init; }

    /// <summary>Business time: when ours was written ahead, when the provider says that its own happened.</summary>
    [Id(1)] public required DateTimeOffset At { get; init; }
    [Id(2)] public AttemptOutcome Outcome { get; init; }

    /// <summary>Made through our gateway under the key <c>{payment_id}:{number}</c>.</summary>
    [Id(3)] public required bool IsOurs { get; init; }

    /// <summary>The decision that it carries out; 0 for the first charge and for the provider's own.</summary>
    [Id(4)] public int Decision { get; init; }
    [Id(5)] public string? CardId { get; init; }
    [Id(6)] public string? CardNetwork { get; init; }
    [Id(7)] public string? CardCountry { get; init; }
    [Id(8)] public string? ChargeId { get; init; }
    [Id(9)] public string? FailureCode { get; init; }
    [Id(10)] public string? DeclineCode { get; init; }
    [Id(11)] public string? NetworkCode { get; init; }
    [Id(12)] public string? AdviceCode { get; init; }

    /// <summary>It succeeded after the payment was closed: the money goes back.</summary>
    [Id(13)] public bool Unwanted { get; init; }

    /// <summary>The provider also said that this charge was declined, before or after it said that it succeeded.</summary>
    [Id(14)] public bool AlsoDeclined { get; init; }
}

/// <summary>A decision with what became of it.</summary>
[GenerateSerializer, Immutable, Alias("recoup.recovery-decision")]
public sealed record RecoveryDecision
{
    [Id(0)] public required RetryDecision Chosen { get; init; }

    /// <summary>The rule that denied the attempt when its time had come.</summary>
    [Id(1)] public string? DeniedBy { get; init; }

    /// <summary>The customer has answered the message.</summary>
    [Id(2)] public bool Answered { get; init; }
}

[GenerateSerializer, Immutable, Alias("recoup.refund")]
public sealed record Refund
{
    /// <summary>Ours count from 1; 0 for one that the provider made.</summary>
    [Id(0)] public required int Number { get; init; }

    /// <summary>The provider's id once it is known; until then our own key.</summary>
    [Id(1)] public required string RefundId { get; init; }
    [Id(2)] public string? ChargeId { get; init; }
    [Id(3)] public required long AmountMinor { get; init; }
    [Id(4)] public required RefundStatus Status { get; init; }
    [Id(5)] public required DateTimeOffset At { get; init; }
    [Id(6)] public string? Reason { get; init; }
    [Id(7)] public string? FailureReason { get; init; }

    /// <summary>The caller's key; null for compensations and the provider's own.</summary>
    [Id(8)] public string? IdempotencyKey { get; init; }

    /// <summary>Gives back a charge that should not have been collected: it is not a refund of the payment.</summary>
    [Id(9)] public bool IsCompensation { get; init; }

    /// <summary>Not one refund, but the provider's sum of all of the charge's.</summary>
    [Id(10)] public bool IsTotal { get; init; }
}

[GenerateSerializer, Alias("recoup.refund-status")]
public enum RefundStatus
{
    Pending,
    Succeeded,
    Failed,
}

[GenerateSerializer, Immutable, Alias("recoup.dispute")]
public sealed record Dispute
{
    [Id(0)] public required string DisputeId { get; init; }
    [Id(1)] public string? ChargeId { get; init; }
    [Id(2)] public required long AmountMinor { get; init; }
    [Id(3)] public required string Status { get; init; }
    [Id(4)] public required DateTimeOffset At { get; init; }
    [Id(5)] public string? Reason { get; init; }
    [Id(6)] public string? NetworkReasonCode { get; init; }
    [Id(7)] public DateTimeOffset? EvidenceDueAt { get; init; }
}

/// <summary>What wakes the recovery workflow.</summary>
[GenerateSerializer, Alias("recoup.recovery-signal")]
public enum RecoverySignal
{
    PaidElsewhere,
    CardUpdated,
    Cancelled,
    Refunded,
    Disputed,
}
