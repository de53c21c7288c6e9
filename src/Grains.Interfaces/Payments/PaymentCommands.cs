namespace Recoup.Payments;

/// <summary>What became of a command on a payment. A refusal is an answer, not an exception.</summary>
[GenerateSerializer, Immutable, Alias("recoup.command-outcome")]
public sealed record CommandOutcome
{
    [Id(0)] public required CommandResult Result { get; init; }

    /// <summary>The payment as it is now; null when it is not known.</summary>
    [Id(1)] public PaymentView? Payment { get; init; }

    /// <summary>For people: what was refused, and what would be right.</summary>
    [Id(2)] public string? Reason { get; init; }
}

[GenerateSerializer, Alias("recoup.command-result")]
public enum CommandResult
{
    Done,

    /// <summary>Done by an earlier call: nothing was changed.</summary>
    AlreadyDone,

    /// <summary>Not allowed in the payment's present state.</summary>
    Refused,
    NotFound,
}

/// <summary>Gives money back. Repeating it with the same key has no second effect.</summary>
[GenerateSerializer, Immutable, Alias("recoup.refund-payment")]
public sealed record RefundPayment
{
    /// <summary>The caller's idempotency key, at most 255 characters.</summary>
    [Id(0)] public required string IdempotencyKey { get; init; }

    /// <summary>Minor units; null: all that is left.</summary>
    [Id(1)] public long? AmountMinor { get; init; }
    [Id(2)] public string? Reason { get; init; }
}

/// <summary>The customer paid by other means: no further attempt, and one in flight that succeeds is given back.</summary>
[GenerateSerializer, Immutable, Alias("recoup.paid-elsewhere")]
public sealed record PaidElsewhere
{
    /// <summary>Where the money came in, for people: <c>bank transfer 17</c>. No card number.</summary>
    [Id(0)] public string? Reference { get; init; }
}
