using Recoup.Strategy;

namespace Recoup.Payments;

/// <summary>A payment as people and programs see it: the answer of <c>GET /payments/{id}</c>.</summary>
[GenerateSerializer, Immutable, Alias("recoup.payment-view")]
public sealed record PaymentView
{
    [Id(0)] public required string PaymentId { get; init; }
    [Id(1)] public required PaymentStatus Status { get; init; }
    [Id(2)] public required long AmountMinor { get; init; }
    [Id(3)] public required string Currency { get; init; }
    [Id(4)] public required string CustomerId { get; init; }
    [Id(5)] public required string MerchantId { get; init; }

    /// <summary>Who processes it: <c>recoup</c> (simulated gateway), <c>stripe</c>, <c>square</c>.</summary>
    [Id(6)] public required string Provider { get; init; }

    /// <summary>Business time, UTC.</summary>
    [Id(7)] public required DateTimeOffset CreatedAt { get; init; }
    [Id(8)] public string? CardId { get; init; }
    [Id(9)] public string? CardNetwork { get; init; }
    [Id(10)] public string? SubscriptionId { get; init; }
    [Id(11)] public IReadOnlyList<AttemptView> Attempts { get; init; } = [];
    [Id(12)] public IReadOnlyList<RetryDecision> Decisions { get; init; } = [];

    /// <summary>Business time of the next attempt; null when none is planned.</summary>
    [Id(13)] public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The recovery workflow, once a decline has started it.</summary>
    [Id(14)] public string? WorkflowId { get; init; }

    /// <summary>What has gone back to the customer, in minor units.</summary>
    [Id(15)] public long RefundedMinor { get; init; }

    /// <summary>The last failure code, or why the payment ended (<c>cancelled</c>, <c>recovery_exhausted</c>); null when it was collected.</summary>
    [Id(16)] public string? FailureCode { get; init; }
    [Id(17)] public double? FraudScore { get; init; }
    [Id(18)] public IReadOnlyList<string> FraudReasons { get; init; } = [];
    [Id(19)] public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
    [Id(20)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The payment that this one was joined to: two provider ids turned out to mean the same payment.</summary>
    [Id(21)] public string? MergedInto { get; init; }

    /// <summary>True once nothing more will happen by itself.</summary>
    public bool IsEnded => Status is not (PaymentStatus.Submitted or PaymentStatus.Charging or PaymentStatus.Recovering);
}

[GenerateSerializer, Immutable, Alias("recoup.attempt-view")]
public sealed record AttemptView
{
    /// <summary>1 is the first charge.</summary>
    [Id(0)] public required int Attempt { get; init; }

    /// <summary>Business time, UTC.</summary>
    [Id(1)] public required DateTimeOffset At { get; init; }
    [Id(2)] public required AttemptOutcome Outcome { get; init; }
    [Id(3)] public string? FailureCode { get; init; }

    /// <summary>The network's response code (ISO 8583 field 39), such as <c>51</c>.</summary>
    [Id(4)] public string? NetworkCode { get; init; }

    /// <summary>Mastercard's merchant advice code or Stripe's advice.</summary>
    [Id(5)] public string? AdviceCode { get; init; }
    [Id(6)] public string? ChargeId { get; init; }
    [Id(7)] public string? CardId { get; init; }

    /// <summary>The provider's finer reason (<c>decline_code</c>), where it gives one.</summary>
    [Id(8)] public string? DeclineCode { get; init; }
}

[GenerateSerializer, Alias("recoup.attempt-outcome")]
public enum AttemptOutcome
{
    /// <summary>Written ahead; the gateway has not answered, or its answer was lost and is being looked up.</summary>
    Pending,
    Succeeded,
    Declined,
}
