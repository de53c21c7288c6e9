using Recoup.Payments;
using Recoup.Strategy;

namespace Recoup.Client.Tests.Payments;

/// <summary>Payments to draw and to count.</summary>
internal static class PaymentExamples
{
    public static readonly DateTimeOffset Start = new(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Declined at 09:00, tried again a day later, collected.</summary>
    public static PaymentView Recovered(string currency = "USD") => Create(PaymentStatus.Recovered, currency) with
    {
        Attempts = [Declined(1, Start), Succeeded(2, Start.AddHours(24))],
        Decisions = [Decision(Start.AddSeconds(1), RecoveryMethod.SameCard, 24)],
        WorkflowId = "recover-pay_1",
        EndedAt = Start.AddHours(24),
    };

    public static PaymentView Create(PaymentStatus status, string currency = "USD") => new()
    {
        PaymentId = "pay_1",
        Status = status,
        AmountMinor = 4999,
        Currency = currency,
        CustomerId = "cus_1",
        MerchantId = "mer_1",
        Provider = "recoup",
        CreatedAt = Start,
        CardId = "card_1",
    };

    public static AttemptView Declined(int attempt, DateTimeOffset at, string code = "insufficient_funds") => new()
    {
        Attempt = attempt,
        At = at,
        Outcome = AttemptOutcome.Declined,
        FailureCode = code,
        NetworkCode = "51",
    };

    public static AttemptView Succeeded(int attempt, DateTimeOffset at) => new() { Attempt = attempt, At = at, Outcome = AttemptOutcome.Succeeded, ChargeId = "ch_1" };

    public static RetryDecision Decision(DateTimeOffset at, RecoveryMethod method, double hours) => new()
    {
        At = at,
        Method = method,
        DelayHours = hours,
        Probability = 0.65,
        Reason = "paydays are on the 1st",
        RulePack = "2026-04-18",
        Strategy = "baseline",
        StrategyVersion = "1",
        Arm = "treatment",
        AttemptAt = at.AddHours(hours),
        Rejected = [new RejectedAlternative { Method = RecoveryMethod.AlternativeCard, Reason = "no backup card" }],
    };
}
