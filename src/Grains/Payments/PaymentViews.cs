namespace Recoup.Payments;

/// <summary>A payment's state as people and programs see it.</summary>
internal static class PaymentViews
{
    public static PaymentView ToView(this PaymentState state)
    {
        var command = state.Command!;
        var collected = state.Status is PaymentStatus.Succeeded or PaymentStatus.Recovered or PaymentStatus.Refunded or PaymentStatus.Disputed;
        return new PaymentView
        {
            PaymentId = state.PaymentId,
            Status = state.Status,
            AmountMinor = command.AmountMinor,
            Currency = command.Currency,
            CustomerId = command.CustomerId,
            MerchantId = command.MerchantId,
            Provider = state.Provider,
            CreatedAt = state.CreatedAt,
            CardId = command.CardId,
            CardNetwork = command.CardNetwork,
            SubscriptionId = command.SubscriptionId,
            Attempts = [.. state.Attempts.OrderBy(attempt => attempt.At).ThenBy(attempt => attempt.Number).Select(ToView)],
            Decisions = [.. state.Decisions.Select(decision => decision.Chosen)],
            NextAttemptAt = NextAttemptAt(state),
            WorkflowId = state.LastDecline is null ? null : PaymentIds.WorkflowId(state.PaymentId),
            RefundedMinor = PaymentStatusRules.RefundedMinor(state),
            FailureCode = collected ? null : state.EndCode ?? state.LastDecline?.FailureCode,
            FraudScore = state.Fraud?.Score,
            FraudReasons = state.Fraud?.Reasons ?? [],
            Metadata = command.Metadata,
            EndedAt = state.EndedAt,
            MergedInto = state.MergedInto,
        };
    }

    private static DateTimeOffset? NextAttemptAt(PaymentState state) =>
        state.Status == PaymentStatus.Recovering && state.PendingAttempt is null
        && state.Decisions is [.., { DeniedBy: null, Chosen: { AwaitsCustomer: false } chosen }]
        && state.Attempts.All(attempt => attempt.Decision != state.Decisions.Count)
            ? chosen.AttemptAt
            : null;

    private static AttemptView ToView(Attempt attempt) => new()
    {
        Attempt = attempt.Number,
        At = attempt.At,
        Outcome = attempt.Outcome,
        FailureCode = attempt.FailureCode,
        DeclineCode = attempt.DeclineCode,
        NetworkCode = attempt.NetworkCode,
        AdviceCode = attempt.AdviceCode,
        ChargeId = attempt.ChargeId,
        CardId = attempt.CardId,
    };
}
