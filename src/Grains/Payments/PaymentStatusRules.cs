namespace Recoup.Payments;

/// <summary>What a payment's facts amount to, and which moves between two states are possible at all.</summary>
public static class PaymentStatusRules
{
    /// <summary>A gateway that refuses a compensation this often needs a person: it stays visible as a failed refund.</summary>
    private const int CompensationTriesMax = 5;

    /// <summary>Collected, in the order of what follows it.</summary>
    private static readonly PaymentStatus[] Collected =
        [PaymentStatus.Succeeded, PaymentStatus.Recovered, PaymentStatus.Refunded, PaymentStatus.Disputed];

    /// <summary>
    /// The allowed moves. Between collected states every move exists, because a provider's facts arrive in any order: a decline that
    /// happened before a success may be heard of after it. A closed payment never opens again.
    /// </summary>
    private static readonly Dictionary<PaymentStatus, PaymentStatus[]> Moves = new()
    {
        [PaymentStatus.Submitted] = [PaymentStatus.Blocked, PaymentStatus.Charging, PaymentStatus.Recovering, PaymentStatus.Cancelled, .. Collected],
        [PaymentStatus.Blocked] = [],
        [PaymentStatus.Charging] = [PaymentStatus.Recovering, PaymentStatus.Cancelled, .. Collected],
        [PaymentStatus.Recovering] = [PaymentStatus.Failed, PaymentStatus.Cancelled, .. Collected],
        [PaymentStatus.Succeeded] = [PaymentStatus.Cancelled, .. Collected],
        [PaymentStatus.Recovered] = [PaymentStatus.Cancelled, .. Collected],
        [PaymentStatus.Refunded] = [PaymentStatus.Cancelled, .. Collected],
        [PaymentStatus.Disputed] = [PaymentStatus.Cancelled, .. Collected],
        [PaymentStatus.Failed] = [PaymentStatus.Cancelled, .. Collected],
        [PaymentStatus.Cancelled] = Collected,
    };

    public static bool IsAllowed(PaymentStatus from, PaymentStatus to) => from == to || Moves[from].Contains(to);

    public static PaymentStatus StatusOf(PaymentState state)
    {
        if (state.MergedInto is not null)
        {
            return PaymentStatus.Cancelled;
        }

        if (state.Disputes.Any(dispute => dispute.Status != "won"))
        {
            return PaymentStatus.Disputed;
        }

        if (IsCollected(state))
        {
            return RefundedMinor(state) >= state.Command!.AmountMinor ? PaymentStatus.Refunded
                : WasDeclinedBefore(state, KeptCharge(state)) ? PaymentStatus.Recovered
                : PaymentStatus.Succeeded;
        }

        if (state.CancelledAt is not null || state.ProviderCancelledAt is not null)
        {
            return PaymentStatus.Cancelled;
        }

        return state.Fraud is { Blocked: true } ? PaymentStatus.Blocked
            : state.FailedAt is not null ? PaymentStatus.Failed
            : state.LastDecline is not null ? PaymentStatus.Recovering
            : state.PendingAttempt is not null ? PaymentStatus.Charging
            : PaymentStatus.Submitted;
    }

    /// <summary>The one charge that the merchant keeps: the earliest that succeeded while the payment was open. Any other is given back.</summary>
    public static Attempt? KeptCharge(PaymentState state) => InOrder(state)
        .FirstOrDefault(attempt => attempt is { Outcome: AttemptOutcome.Succeeded, Unwanted: false });

    /// <summary>What went back to the customer of the kept charge, minor units.</summary>
    public static long RefundedMinor(PaymentState state)
    {
        var kept = KeptCharge(state);
        return Sum(state.Refunds.Where(refund => refund.Status == RefundStatus.Succeeded && !refund.IsCompensation && IsOf(refund, kept)));
    }

    /// <summary>What may still be refunded, counting refunds under way as done; 0 when Recoup holds no charge of this payment.</summary>
    public static long RefundableMinor(PaymentState state)
    {
        if (KeptCharge(state) is not { ChargeId: not null } kept)
        {
            return 0;
        }

        var promised = Sum(state.Refunds.Where(refund => refund.Status != RefundStatus.Failed && !refund.IsCompensation && IsOf(refund, kept)));
        return Math.Max(0, state.Command!.AmountMinor - promised);
    }

    /// <summary>Charges that succeeded and must not be kept, and that nothing gives back yet.</summary>
    public static IEnumerable<Attempt> ToCompensate(PaymentState state)
    {
        if (state.MergedInto is not null)
        {
            // The payment that this one was joined to decides which charge is kept.
            return [];
        }

        var kept = KeptCharge(state);
        return state.Attempts.Where(attempt => attempt is { Outcome: AttemptOutcome.Succeeded, ChargeId: not null }
            && attempt != kept
            // Two charges that a provider made without us may be one bill in two parts: that is the merchant's to judge.
            && (attempt.IsOurs || kept is { IsOurs: true })
            && GivenBackMinor(state, attempt.ChargeId!) < state.Command!.AmountMinor
            && state.Refunds.Count(refund => refund.ChargeId == attempt.ChargeId && refund.Status == RefundStatus.Failed) < CompensationTriesMax);
    }

    /// <summary>What is going or has gone back of one charge, minor units.</summary>
    public static long GivenBackMinor(PaymentState state, string chargeId) =>
        Sum(state.Refunds.Where(refund => refund.ChargeId == chargeId && refund.Status != RefundStatus.Failed));

    /// <summary>Refunds one by one, or the provider's sum of them, whichever tells more.</summary>
    private static long Sum(IEnumerable<Refund> refunds)
    {
        long each = 0, total = 0;
        foreach (var refund in refunds)
        {
            each += refund.IsTotal ? 0 : refund.AmountMinor;
            total = refund.IsTotal ? Math.Max(total, refund.AmountMinor) : total;
        }

        return Math.Max(each, total);
    }

    private static bool IsCollected(PaymentState state) =>
        KeptCharge(state) is not null
        || state.PaidElsewhereAt is not null
        // A provider that tells of a dispute or a refund has collected before, even if we have not heard of that yet.
        || state.Disputes.Count > 0
        || state.Refunds.Any(refund => refund.Number == 0);

    private static bool WasDeclinedBefore(PaymentState state, Attempt? kept) => kept is null
        ? state.LastDecline is not null
        : InOrder(state).TakeWhile(attempt => attempt != kept).Any(attempt => attempt.Outcome == AttemptOutcome.Declined);

    private static bool IsOf(Refund refund, Attempt? kept) => refund.ChargeId is null || kept?.ChargeId is null || refund.ChargeId == kept.ChargeId;

    /// <summary>Providers tell time in seconds: of two attempts in the same one, the decline came before the success, whichever was heard of first.</summary>
    private static IOrderedEnumerable<Attempt> InOrder(PaymentState state) =>
        state.Attempts.OrderBy(attempt => attempt.At).ThenBy(attempt => attempt.Outcome == AttemptOutcome.Succeeded).ThenBy(attempt => attempt.Number);
}
