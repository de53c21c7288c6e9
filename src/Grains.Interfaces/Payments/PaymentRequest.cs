namespace Recoup.Payments;

/// <summary>A record of <c>payments.requests</c> that has passed the intake: what <c>POST /payments</c> takes, from the event log.</summary>
[GenerateSerializer, Immutable, Alias("recoup.payment-request")]
public sealed record PaymentRequest
{
    [Id(0)] public required string IdempotencyKey { get; init; }
    [Id(1)] public required SubmitPayment Command { get; init; }

    /// <summary>The record as it came, for the dead letters.</summary>
    [Id(2)] public required byte[] Record { get; init; }

    /// <summary>The record's key: <c>{merchant}:{idempotency key}</c>.</summary>
    public string Key => $"{Command.MerchantId}:{IdempotencyKey}";
}
