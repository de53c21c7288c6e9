using Recoup.Payments;

namespace Recoup.Gateways;

/// <summary>
/// A payment processor. Every call carries an idempotency key: the same key never moves money twice, and says what became of it.
/// A call that throws <see cref="GatewayException"/> may or may not have been carried out: ask by key before anything else.
/// </summary>
public interface IPaymentGateway
{
    /// <summary>Charges, or answers what the first charge under this key came to.</summary>
    /// <exception cref="GatewayException">The result is not known.</exception>
    Task<GatewayCharge> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken);

    /// <summary>The charge under this key; null when none has arrived.</summary>
    /// <exception cref="GatewayException">The gateway did not answer.</exception>
    Task<GatewayCharge?> FindChargeAsync(string provider, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Gives money of one charge back, or answers what the first refund under this key came to.</summary>
    /// <exception cref="GatewayException">The result is not known.</exception>
    Task<GatewayRefund> RefundAsync(RefundRequest request, CancellationToken cancellationToken);
}

public sealed record ChargeRequest
{
    /// <summary><c>{payment_id}:{attempt}</c>.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary><c>recoup</c>, <c>stripe</c>, <c>square</c>.</summary>
    public required string Provider { get; init; }
    public required string PaymentId { get; init; }
    public required int Attempt { get; init; }
    public required string CustomerId { get; init; }
    public required string MerchantId { get; init; }
    public required long AmountMinor { get; init; }
    public required string Currency { get; init; }
    public string? CardId { get; init; }
    public string? CardNetwork { get; init; }
    public string? CardCountry { get; init; }
    public required Initiator InitiatedBy { get; init; }
}

public sealed record GatewayCharge
{
    public required string ChargeId { get; init; }
    public required bool Succeeded { get; init; }

    /// <summary>Business time, UTC.</summary>
    public required DateTimeOffset At { get; init; }
    public string? FailureCode { get; init; }
    public string? DeclineCode { get; init; }

    /// <summary>ISO 8583 field 39, as the network gave it.</summary>
    public string? NetworkCode { get; init; }

    /// <summary>Mastercard's merchant advice code, or the provider's advice.</summary>
    public string? AdviceCode { get; init; }
}

public sealed record RefundRequest
{
    /// <summary><c>{payment_id}:refund:{n}</c>.</summary>
    public required string IdempotencyKey { get; init; }
    public required string Provider { get; init; }
    public required string PaymentId { get; init; }
    public required string ChargeId { get; init; }
    public required long AmountMinor { get; init; }
    public required string Currency { get; init; }
    public required string Reason { get; init; }
}

public sealed record GatewayRefund
{
    public required string RefundId { get; init; }
    public required bool Succeeded { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? FailureReason { get; init; }
}

/// <summary>The gateway did not say what became of a call: time-out, connection lost, 429, 5xx.</summary>
public sealed class GatewayException : Exception
{
    public GatewayException(string message)
        : base(message)
    {
    }

    public GatewayException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public GatewayException()
    {
    }

    /// <summary>How long the gateway asks to be left alone (wall time); null: not said.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
