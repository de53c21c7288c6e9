using Recoup.Amounts;
using Recoup.Payments;

namespace Recoup.Client.Simulate;

/// <summary>What a tally needs to know of one payment; small, as there may be a hundred thousand.</summary>
internal sealed record PaymentStanding
{
    public required PaymentStatus Status { get; init; }
    public required PaymentResult Result { get; init; }
    public required Money Amount { get; init; }
    public required string Provider { get; init; }
    public required string CustomerId { get; init; }

    /// <summary>Why the first attempt was declined; null when it was not.</summary>
    public string? FirstFailureCode { get; init; }
    public required int Attempts { get; init; }
    public required bool IsEnded { get; init; }

    /// <summary>Another payment turned out to be the same: this one counts nowhere.</summary>
    public required bool IsMerged { get; init; }

    public static PaymentStanding Of(PaymentView payment) => new()
    {
        Status = payment.Status,
        Result = ResultOf(payment),
        Amount = new Money(payment.AmountMinor, payment.Currency),
        Provider = payment.Provider,
        CustomerId = payment.CustomerId,
        FirstFailureCode = payment.Attempts is [{ Outcome: AttemptOutcome.Declined } first, ..] ? first.FailureCode ?? "unknown" : null,
        Attempts = payment.Attempts.Count,
        IsEnded = payment.IsEnded,
        IsMerged = payment.MergedInto is not null,
    };

    /// <summary>A collected payment stays collected here when it is refunded or disputed later: that is another story.</summary>
    private static PaymentResult ResultOf(PaymentView payment) => payment switch
    {
        { Attempts: [{ Outcome: AttemptOutcome.Succeeded }, ..] } => PaymentResult.SucceededFirstAttempt,
        _ when payment.Attempts.Any(attempt => attempt.Outcome is AttemptOutcome.Succeeded) => PaymentResult.Recovered,
        { Status: PaymentStatus.Succeeded } => PaymentResult.SucceededFirstAttempt,
        { Status: PaymentStatus.Recovered or PaymentStatus.Refunded or PaymentStatus.Disputed } => PaymentResult.Recovered,
        { Status: PaymentStatus.Recovering } => PaymentResult.Recovering,
        { Status: PaymentStatus.Failed } => PaymentResult.Failed,
        { Status: PaymentStatus.Blocked } => PaymentResult.Blocked,
        { Status: PaymentStatus.Cancelled } => PaymentResult.Cancelled,
        _ => PaymentResult.Open,
    };
}

/// <summary>Each payment is in exactly one of these.</summary>
internal enum PaymentResult
{
    /// <summary>No result of a first attempt yet.</summary>
    Open,
    SucceededFirstAttempt,
    Recovering,

    /// <summary>Declined at first, collected later.</summary>
    Recovered,
    Failed,
    Blocked,
    Cancelled,
}
