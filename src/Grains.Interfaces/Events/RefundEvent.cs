namespace Recoup.Events;

/// <summary>The value of a record of <c>payments.refunds</c>.</summary>
public sealed record RefundEvent
{
    /// <inheritdoc cref="ChargeEvent.EventId"/>
    public required string EventId { get; init; }

    /// <summary><c>refund.created</c>, <c>refund.succeeded</c> or <c>refund.failed</c>.</summary>
    public required string EventType { get; init; }
    public required int SchemaVersion { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string RefundId { get; init; }
    public required string PaymentId { get; init; }
    public string? ChargeId { get; init; }
    public required string CustomerId { get; init; }
    public required string MerchantId { get; init; }
    public required string Provider { get; init; }
    public required long AmountMinor { get; init; }
    public required string Currency { get; init; }

    /// <summary><c>pending</c>, <c>succeeded</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }
    public string? Reason { get; init; }
    public string? FailureReason { get; init; }
}
