using Recoup.Strategy;

namespace Recoup.Events;

/// <summary>
/// One attempt's result, or a payment's end without a new attempt: the value of a record of <c>payments.charges</c>. Its shape is approved in
/// <c>schemas/</c>; docs/EVENTS.md says how it may change.
/// </summary>
public sealed record ChargeEvent
{
    /// <summary><c>{payment_id}:{n}</c>, n counting the payment's events over all topics from 1: the same event has the same id however often it is published.</summary>
    public required string EventId { get; init; }

    /// <summary><c>charge.succeeded</c>, <c>charge.failed</c> or <c>charge.blocked</c>.</summary>
    public required string EventType { get; init; }
    public required int SchemaVersion { get; init; }

    /// <summary>Business time.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    public required string PaymentId { get; init; }
    public required string CustomerId { get; init; }
    public required string MerchantId { get; init; }

    /// <summary><c>recoup</c>, <c>stripe</c> or <c>square</c>.</summary>
    public required string Provider { get; init; }
    public required long AmountMinor { get; init; }
    public required string Currency { get; init; }
    public string? CardId { get; init; }
    public string? CardNetwork { get; init; }
    public string? CardCountry { get; init; }
    public string? BillingCountry { get; init; }

    /// <summary><c>card</c>, or <c>external</c> for money that came in by other means.</summary>
    public required string PaymentMethod { get; init; }

    /// <summary>The attempt's number from 1; an end without a new attempt has the last attempt's.</summary>
    public required int Attempt { get; init; }

    /// <summary>Nothing more will be tried.</summary>
    public required bool IsFinal { get; init; }
    public string? FailureCode { get; init; }
    public string? NetworkCode { get; init; }
    public string? AdviceCode { get; init; }

    /// <summary>0 to 1.</summary>
    public double? FraudScore { get; init; }

    /// <summary>The decision that this attempt carried out; null for a first charge.</summary>
    public ChargeDecision? Decision { get; init; }
}

/// <summary>Why an attempt was made, or why the payment was blocked.</summary>
public sealed record ChargeDecision
{
    /// <summary><c>baseline</c>, <c>learned</c>, or <c>fraud_check</c> for a blocked payment.</summary>
    public required string Strategy { get; init; }
    public string? StrategyVersion { get; init; }

    /// <summary><c>treatment</c> or <c>holdout</c>.</summary>
    public string? Arm { get; init; }
    public RecoveryMethod? Method { get; init; }
    public double? DelayHours { get; init; }
    public double? Probability { get; init; }
    public string? RulePack { get; init; }
    public required string Reason { get; init; }
}
