namespace Recoup.Payments;

/// <summary>What a payment has to do by itself, most urgent first; decided from what is on disk, so that it is the same after a crash.</summary>
internal abstract record PaymentNextStep
{
    public sealed record CheckFraud : PaymentNextStep;

    public sealed record BeginFirstAttempt : PaymentNextStep;

    public sealed record ResolveAttempt(Attempt Attempt) : PaymentNextStep;

    public sealed record GiveBack(Refund Refund) : PaymentNextStep;

    public sealed record ForwardToMerged(string PaymentId) : PaymentNextStep;

    public sealed record TellWorkflow(RecoverySignal Signal) : PaymentNextStep;

    /// <param name="IsOverdue">The recovery has outlived its workflow's execution time-out: it ends here.</param>
    public sealed record StartRecovery(bool IsOverdue) : PaymentNextStep;

    /// <param name="state">What is on disk.</param>
    /// <param name="businessNow">Business time.</param>
    /// <param name="recoveryStarted">This activation has had the workflow's start acknowledged.</param>
    public static PaymentNextStep? Of(PaymentState state, DateTimeOffset businessNow, bool recoveryStarted) => state switch
    {
        { IsSubmitted: false } => null,

        // A result that is not known comes before everything: nothing else may be decided without it.
        { PendingAttempt: { } attempt } => new ResolveAttempt(attempt),
        { Status: PaymentStatus.Submitted, Fraud: null } => new CheckFraud(),
        { Status: PaymentStatus.Submitted } => new BeginFirstAttempt(),
        { MergedInto: { } other, MergeForwarded: false } => new ForwardToMerged(other),
        _ when state.Refunds.FirstOrDefault(refund => refund is { Status: RefundStatus.Pending, Number: > 0 }) is { ChargeId: not null } refund => new GiveBack(refund),
        { PendingSignal: { } signal } => new TellWorkflow(signal),
        { Status: PaymentStatus.Recovering } when HasOutlivedWorkflow(state, businessNow) => new StartRecovery(IsOverdue: true),
        { Status: PaymentStatus.Recovering } when !recoveryStarted => new StartRecovery(IsOverdue: false),
        _ => null,
    };

    private static bool HasOutlivedWorkflow(PaymentState state, DateTimeOffset businessNow) =>
        state.LastDecline is { } decline && businessNow - state.CountsFrom(decline) > RecoveryLimits.ExecutionTimeout;
}

/// <summary>Bounds of one recovery, in business time.</summary>
public static class RecoveryLimits
{
    /// <summary>A workflow that runs longer is stopped by the server; the payment then fails as <c>recovery_exhausted</c>.</summary>
    public static readonly TimeSpan ExecutionTimeout = TimeSpan.FromDays(45);
}
