namespace Recoup.Payments;

/// <summary>What a payment that was joined to another one tells it.</summary>
internal static class PaymentMerge
{
    public static IEnumerable<ProviderFact> Facts(PaymentState state)
    {
        foreach (var attempt in state.Attempts.Where(attempt => attempt.Outcome != AttemptOutcome.Pending))
        {
            yield return new ChargeReported
            {
                SourceEvent = $"merge:{state.PaymentId}:attempt:{attempt.Number}",
                Provider = state.Provider,
                OccurredAt = attempt.At,
                ChargeId = attempt.ChargeId,
                Succeeded = attempt.Outcome == AttemptOutcome.Succeeded,
                Payment = state.Command!,
                FailureCode = attempt.FailureCode,
                DeclineCode = attempt.DeclineCode,
                NetworkCode = attempt.NetworkCode,
                AdviceCode = attempt.AdviceCode,
            };
        }

        foreach (var refund in state.Refunds.Where(refund => refund.Status == RefundStatus.Succeeded))
        {
            yield return new RefundReported
            {
                SourceEvent = $"merge:{state.PaymentId}:{refund.RefundId}",
                Provider = state.Provider,
                OccurredAt = refund.At,
                RefundId = refund.RefundId,
                ChargeId = refund.ChargeId,
                AmountMinor = refund.AmountMinor,
                Currency = state.Command!.Currency,
                Status = "succeeded",
                Reason = refund.Reason,
            };
        }

        foreach (var dispute in state.Disputes)
        {
            yield return new DisputeReported
            {
                SourceEvent = $"merge:{state.PaymentId}:{dispute.DisputeId}",
                Provider = state.Provider,
                OccurredAt = dispute.At,
                DisputeId = dispute.DisputeId,
                ChargeId = dispute.ChargeId,
                AmountMinor = dispute.AmountMinor,
                Currency = state.Command!.Currency,
                Status = dispute.Status,
                Reason = dispute.Reason,
                NetworkReasonCode = dispute.NetworkReasonCode,
                EvidenceDueAt = dispute.EvidenceDueAt,
            };
        }
    }
}
