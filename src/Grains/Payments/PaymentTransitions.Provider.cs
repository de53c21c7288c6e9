namespace Recoup.Payments;

/// <summary>What providers tell of a payment. Facts come in any order and more than once, and lead to the same end.</summary>
public static partial class PaymentTransitions
{
    /// <summary>Whether this fact can be the first that is heard of a payment. Refunds and disputes wait for their charge.</summary>
    public static bool CanOpen(ProviderFact fact) => fact is ChargeReported;

    public static PaymentState Apply(this PaymentState state, string paymentId, ProviderFact fact, DateTimeOffset now)
    {
        if (state.AppliedEvents.Contains(fact.SourceEvent))
        {
            return state;
        }

        if (!state.IsSubmitted)
        {
            if (fact is not ChargeReported opening)
            {
                return state;
            }

            state = state with { PaymentId = paymentId, Command = opening.Payment, Provider = fact.Provider, CreatedAt = now };
        }

        else if (state.IdempotencyKey is null && fact is ChargeReported { Payment: var told })
        {
            state = state with { Command = Fill(state.Command!, told) };
        }

        state = fact switch
        {
            ChargeReported charge => state.ApplyCharge(charge, now),
            RefundReported refund => state.ApplyRefund(refund, now),
            DisputeReported dispute => state.ApplyDispute(dispute, now),
            CancelReported => (state with { ProviderCancelledAt = state.ProviderCancelledAt ?? fact.OccurredAt, EndCode = state.EndCode ?? "cancelled" }).Settle(now),
            _ => throw new ArgumentException($"A fact of type {fact.GetType().Name} is not known.", nameof(fact)),
        };
        return state with { AppliedEvents = [.. state.AppliedEvents.TakeLast(AppliedEventsMax - 1), fact.SourceEvent] };
    }

    private static PaymentState ApplyCharge(this PaymentState state, ChargeReported fact, DateTimeOffset now)
    {
        var known = state.FindAttempt(fact);
        if (known is null)
        {
            return fact.ChargeId is null && state.Attempts.Any(attempt => attempt.Outcome == OutcomeOf(fact))
                // The same result without an id: an invoice that tells of the charge which we know.
                ? state
                : state.WithResult(Told(fact, new Attempt { Number = state.NextAttemptNumber(), At = fact.OccurredAt, IsOurs = false }), now);
        }

        if (known.Outcome == AttemptOutcome.Succeeded || (known.Outcome == AttemptOutcome.Declined && !fact.Succeeded))
        {
            // Nothing new but, perhaps, the id.
            return known.ChargeId is null && fact.ChargeId is not null ? state.WithChargeId(known, fact.ChargeId) : state;
        }

        // One charge cannot be declined after it succeeded: of the two, success is the truth.
        var closed = known.IsOurs && (state.CancelledAt is not null || state.PaidElsewhereAt is not null);
        return state.WithResult(Told(fact, known) with { Unwanted = fact.Succeeded && closed }, now);
    }

    /// <summary>The attempt that a fact is about: by our key, by the charge's id, or an attempt with the same result whose id is not known yet.</summary>
    private static Attempt? FindAttempt(this PaymentState state, ChargeReported fact) =>
        state.Attempts.FirstOrDefault(attempt => attempt.IsOurs && fact.IdempotencyKey == PaymentIds.ChargeKey(state.PaymentId, attempt.Number))
        ?? state.Attempts.FirstOrDefault(attempt => fact.ChargeId is not null && attempt.ChargeId == fact.ChargeId)
        ?? state.Attempts.FirstOrDefault(attempt => fact.ChargeId is not null && attempt is { IsOurs: false, ChargeId: null } && attempt.Outcome == OutcomeOf(fact));

    /// <summary>What the first event of a provider's payment did not have, a later one may.</summary>
    private static SubmitPayment Fill(SubmitPayment known, SubmitPayment told) => known with
    {
        CustomerId = known.CustomerId.StartsWith("cus_unknown_", StringComparison.Ordinal) ? told.CustomerId : known.CustomerId,
        CardId = known.CardId ?? told.CardId,
        CardNetwork = known.CardNetwork ?? told.CardNetwork,
        CardCountry = known.CardCountry ?? told.CardCountry,
        BillingCountry = known.BillingCountry ?? told.BillingCountry,
        SubscriptionId = known.SubscriptionId ?? told.SubscriptionId,
    };

    private static AttemptOutcome OutcomeOf(ChargeReported fact) => fact.Succeeded ? AttemptOutcome.Succeeded : AttemptOutcome.Declined;

    private static Attempt Told(ChargeReported fact, Attempt attempt) => attempt with
    {
        Outcome = OutcomeOf(fact),
        CardId = attempt.CardId ?? fact.Payment.CardId,
        CardNetwork = attempt.CardNetwork ?? fact.Payment.CardNetwork,
        CardCountry = attempt.CardCountry ?? fact.Payment.CardCountry,
        ChargeId = fact.ChargeId ?? attempt.ChargeId,
        FailureCode = fact.Succeeded ? null : fact.FailureCode ?? "card_declined",
        DeclineCode = fact.Succeeded ? null : fact.DeclineCode,
        NetworkCode = fact.NetworkCode,
        AdviceCode = fact.AdviceCode,
    };

    private static PaymentState WithChargeId(this PaymentState state, Attempt known, string chargeId) => state with
    {
        Attempts = [.. state.Attempts.Select(attempt => attempt == known ? attempt with { ChargeId = chargeId } : attempt)],
    };

    /// <summary>The newest word on a dispute counts; at the same time the later stage does.</summary>
    private static PaymentState ApplyDispute(this PaymentState state, DisputeReported fact, DateTimeOffset now)
    {
        var known = state.Disputes.FirstOrDefault(dispute => dispute.DisputeId == fact.DisputeId);
        var told = new Dispute
        {
            DisputeId = fact.DisputeId,
            ChargeId = fact.ChargeId ?? known?.ChargeId,
            AmountMinor = fact.AmountMinor,
            Status = fact.Status,
            At = fact.OccurredAt,
            Reason = fact.Reason ?? known?.Reason,
            NetworkReasonCode = fact.NetworkReasonCode ?? known?.NetworkReasonCode,
            EvidenceDueAt = fact.EvidenceDueAt ?? known?.EvidenceDueAt,
        };
        if (known is not null && (told.At, Stage(told)).CompareTo((known.At, Stage(known))) <= 0)
        {
            return state;
        }

        state = known is null
            ? (state with { Disputes = [.. state.Disputes, told] }).AddDispute("dispute.created", told, now)
            : state with { Disputes = [.. state.Disputes.Select(dispute => dispute == known ? told : dispute)] };
        var type = told.Status is "won" or "lost" ? "dispute.closed" : known is null ? null : "dispute.updated";
        return (type is null ? state : state.AddDispute(type, told, now)).Settle(now);
    }

    private static int Stage(Dispute dispute) => dispute.Status switch { "needs_response" => 0, "under_review" => 1, "won" => 2, _ => 3 };
}
