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

            var isRecent = fact.OccurredAt <= now && fact.OccurredAt > now - PaymentState.RedeliveryMax;
            state = state with { PaymentId = paymentId, Command = opening.Payment, Provider = fact.Provider, CreatedAt = isRecent ? fact.OccurredAt : now };
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
            return fact.ChargeId is null && state.Attempts.Any(attempt => attempt.Outcome == OutcomeOf(fact) || (attempt.AlsoDeclined && !fact.Succeeded))
                // The same result without an id: an invoice that tells of the charge which we know.
                ? state
                : state.WithResult(Told(fact, new Attempt { Number = state.NextAttemptNumber(), At = fact.OccurredAt, IsOurs = false }), now);
        }

        if (known.Outcome == OutcomeOf(fact) || known.Outcome == AttemptOutcome.Succeeded)
        {
            return (known.Outcome == OutcomeOf(fact) ? state.WithDetails(known, fact) : state.Replace(known, known with { AlsoDeclined = true })).Settle(now);
        }

        // One charge cannot be declined after it succeeded: of the two, success is the truth.
        var closed = known.IsOurs && (state.CancelledAt is not null || state.PaidElsewhereAt is not null);
        var result = Told(fact, known) with { Unwanted = fact.Succeeded && closed };
        result = (known.IsOurs ? result : result with { At = fact.OccurredAt }) with { AlsoDeclined = known.Outcome == AttemptOutcome.Declined };
        return state.Attempts.Any(attempt => IsUnnamed(attempt, result.Outcome)) && result.ChargeId is not null
            // An invoice told of this result before, without the charge's id: its event is out already.
            ? state.Replace(known, result).Settle(now)
            : state.WithResult(result, now);
    }

    /// <summary>Puts what is known now in an attempt's place. A named charge takes in what was told of it without its name.</summary>
    private static PaymentState Replace(this PaymentState state, Attempt known, Attempt told) => known == told ? state : state with
    {
        Attempts = [.. state.Attempts
            .Where(attempt => attempt == known || told.ChargeId is null
                || !(IsUnnamed(attempt, told.Outcome) || (told.AlsoDeclined && IsUnnamed(attempt, AttemptOutcome.Declined))))
            .Select(attempt => attempt == known ? told : attempt)],
    };

    private static bool IsUnnamed(Attempt attempt, AttemptOutcome outcome) => attempt is { IsOurs: false, ChargeId: null } && attempt.Outcome == outcome;

    /// <summary>The attempt that a fact is about: by our key, by the charge's id, or an attempt with the same result whose id is not known yet.</summary>
    private static Attempt? FindAttempt(this PaymentState state, ChargeReported fact) =>
        state.Attempts.FirstOrDefault(attempt => attempt.IsOurs && fact.IdempotencyKey == PaymentIds.ChargeKey(state.PaymentId, attempt.Number))
        ?? state.Attempts.FirstOrDefault(attempt => fact.ChargeId is not null && attempt.ChargeId == fact.ChargeId)
        ?? state.Attempts.FirstOrDefault(attempt => IsUnnamed(attempt, OutcomeOf(fact)));

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
        FailureCode = fact.Succeeded ? null : fact.FailureCode ?? UnexplainedDecline,
        DeclineCode = fact.Succeeded ? null : fact.DeclineCode,
        NetworkCode = fact.NetworkCode,
        AdviceCode = fact.AdviceCode,
    };

    /// <summary>The same result again: it may know the id, and when the provider first saw it.</summary>
    private static PaymentState WithDetails(this PaymentState state, Attempt known, ChargeReported fact)
    {
        var isNamed = known.ChargeId is null && fact.ChargeId is not null;
        var at = known.IsOurs ? known.At : isNamed || fact.OccurredAt < known.At ? fact.OccurredAt : known.At;
        var isExplained = !fact.Succeeded && fact.FailureCode is not null && known is { FailureCode: UnexplainedDecline, DeclineCode: null, NetworkCode: null };
        var detailed = known with { ChargeId = known.ChargeId ?? fact.ChargeId, At = at };
        return state.Replace(known, isExplained ? Told(fact, detailed) : detailed);
    }

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
