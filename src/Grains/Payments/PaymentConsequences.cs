using Recoup.Cards;
using Recoup.Customers;

namespace Recoup.Payments;

/// <summary>What a change of a payment means for its customer and its cards. They are told before the change is saved, and again after a crash: each has an id.</summary>
internal static class PaymentConsequences
{
    public static IEnumerable<PaymentOutcome> ForCustomer(PaymentState before, PaymentState after, DateTimeOffset now)
    {
        if (before.LastDecline is null && after.LastDecline is { } decline && PaymentStatusRules.StatusOf(after) == PaymentStatus.Recovering)
        {
            yield return Outcome(after, PaymentOutcomeKind.Declined, "declined", after.Command!.AmountMinor, now, decline.FailureCode);
        }

        if (!IsPaid(before) && IsPaid(after))
        {
            yield return Outcome(after, PaymentOutcomeKind.Collected, "collected", after.Command!.AmountMinor, now);
        }

        if (before.Status != after.Status && after.Status is PaymentStatus.Failed or PaymentStatus.Blocked)
        {
            var kind = after.Status == PaymentStatus.Failed ? PaymentOutcomeKind.Failed : PaymentOutcomeKind.Blocked;
            yield return Outcome(after, kind, after.Status == PaymentStatus.Failed ? "failed" : "blocked", after.Command!.AmountMinor, now, after.EndCode);
        }

        foreach (var refund in after.Refunds.Where(refund => refund is { Status: RefundStatus.Succeeded, IsCompensation: false } && !before.Refunds.Contains(refund)))
        {
            yield return Outcome(after, PaymentOutcomeKind.Refunded, $"refund:{refund.RefundId}", refund.AmountMinor, now);
        }

        foreach (var dispute in after.Disputes.Where(dispute => before.Disputes.All(known => known.DisputeId != dispute.DisputeId)))
        {
            yield return Outcome(after, PaymentOutcomeKind.Disputed, $"dispute:{dispute.DisputeId}", dispute.AmountMinor, now);
        }
    }

    public static IEnumerable<(string CardId, AttemptReport Report)> ForCards(PaymentState before, PaymentState after) =>
        from attempt in after.Attempts
        where attempt is { CardId: not null, Outcome: not AttemptOutcome.Pending } && attempt.FailureCode != PaymentTransitions.AttemptLimitReached
        where before.Attempts.All(known => known.Number != attempt.Number || known.Outcome != attempt.Outcome)
        select (attempt.CardId, new AttemptReport
        {
            Attempt = Reservation(after, attempt.Number, attempt.CardNetwork, attempt.At),
            Succeeded = attempt.Outcome == AttemptOutcome.Succeeded,
            FailureCode = attempt.FailureCode,
            DeclineCode = attempt.DeclineCode,
            NetworkCode = attempt.NetworkCode,
            AdviceCode = attempt.AdviceCode,
        });

    /// <summary>The first charge is set off by whom the merchant says; every retry is the merchant's.</summary>
    public static AttemptReservation Reservation(PaymentState state, int number, string? cardNetwork, DateTimeOffset at) => new()
    {
        PaymentId = state.PaymentId,
        Attempt = number,
        MerchantId = state.Command!.MerchantId,
        CardNetwork = cardNetwork ?? state.Command.CardNetwork,
        InitiatedBy = number == 1 ? state.Command.InitiatedBy : Initiator.Merchant,
        AmountMinor = state.Command.AmountMinor,
        Currency = state.Command.Currency,
        At = at,
    };

    private static bool IsPaid(PaymentState state) => state.PaidElsewhereAt is not null || PaymentStatusRules.KeptCharge(state) is not null;

    private static PaymentOutcome Outcome(PaymentState state, PaymentOutcomeKind kind, string name, long amountMinor, DateTimeOffset now, string? failureCode = null) => new()
    {
        PaymentId = state.PaymentId,
        Kind = kind,
        AmountMinor = amountMinor,
        Currency = state.Command!.Currency,
        At = now,
        FailureCode = failureCode,
        SubscriptionId = state.Command.SubscriptionId,
        OutcomeId = $"{state.PaymentId}:{name}",
    };
}
