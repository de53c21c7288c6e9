namespace Recoup.Events;

/// <summary>The value of a record of <c>payments.disputes</c>.</summary>
public sealed record DisputeEvent
{
    /// <inheritdoc cref="ChargeEvent.EventId"/>
    public required string EventId { get; init; }

    /// <summary><c>dispute.created</c>, <c>dispute.updated</c> or <c>dispute.closed</c>.</summary>
    public required string EventType { get; init; }
    public required int SchemaVersion { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string DisputeId { get; init; }
    public required string PaymentId { get; init; }
    public string? ChargeId { get; init; }
    public required string CustomerId { get; init; }
    public required string MerchantId { get; init; }
    public required string Provider { get; init; }
    public required long AmountMinor { get; init; }
    public required string Currency { get; init; }

    /// <summary><c>needs_response</c>, <c>under_review</c>, <c>won</c> or <c>lost</c>.</summary>
    public required string Status { get; init; }
    public string? Reason { get; init; }
    public string? NetworkReasonCode { get; init; }
    public DateTimeOffset? EvidenceDueAt { get; init; }
}
