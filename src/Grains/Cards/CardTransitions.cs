using Recoup.Strategy;

namespace Recoup.Cards;

/// <summary>How the state of a card changes. Pure; the grain saves what comes out before it answers.</summary>
internal static class CardTransitions
{
    /// <summary>The attempt is granted and counts from now on.</summary>
    public static CardState Reserve(this CardState state, AttemptReservation reservation) => state.With(
        state.Merchant(reservation.MerchantId).Put(ToAttempt(state, reservation)) with { CardNetwork = reservation.CardNetwork });

    /// <summary>The attempt has ended. One that was never reserved (the provider's own, or a reservation lost in a crash) counts too.</summary>
    public static CardState Settle(this CardState state, AttemptReport report, RulePacks packs)
    {
        var budget = state.Merchant(report.Attempt.MerchantId);
        var known = budget.Find(report.Attempt.PaymentId, report.Attempt.Attempt) ?? ToAttempt(state, report.Attempt);
        budget = budget.Put(known with { Succeeded = report.Succeeded }) with { CardNetwork = report.Attempt.CardNetwork };
        return state.With((report.Succeeded ? budget : budget with { Hold = HoldAfter(budget.Hold, report, packs) }).Prune(report.Attempt.At));
    }

    public static CardState AwaitUpdate(this CardState state, string paymentId) =>
        state.WaitingPayments.Contains(paymentId) ? state : state with { WaitingPayments = [.. state.WaitingPayments, paymentId] };

    /// <summary>New card data: what forbade the card until then is lifted. Counted attempts stay counted: the limits are about the merchant's behaviour.</summary>
    public static CardState Updated(this CardState state, DateTimeOffset businessNow, DateTimeOffset wallNow)
    {
        var due = state.CallsDue.Union(state.WaitingPayments).ToArray();
        return state with
        {
            UpdatedAt = businessNow,
            Merchants = [.. state.Merchants.Select(budget => budget with { Hold = null }).Where(budget => !budget.IsEmpty)],
            WaitingPayments = [],
            CallsDue = due,
            AttentionAt = due.Length > 0 ? wallNow : null,
        };
    }

    /// <summary>These payments know of the update; those that could not be told are called again at <paramref name="againAt"/> (wall time).</summary>
    public static CardState Called(this CardState state, IReadOnlyCollection<string> payments, DateTimeOffset againAt)
    {
        var due = state.CallsDue.Except(payments).ToArray();
        return state with { CallsDue = due, AttentionAt = due.Length > 0 ? againAt : null };
    }

    /// <summary>Attempts that no rule counts any more are dropped, so that the state stays small.</summary>
    public static MerchantBudget Prune(this MerchantBudget budget, DateTimeOffset now)
    {
        if (budget.IsEmpty)
        {
            return budget;
        }

        var kept = budget.Attempts.Where(attempt => attempt.At > now - CardBudget.LongestWindow).ToArray();
        // A success counts only as the end of a chain of declines, or as a reattempt: without them the card is clean again.
        var isClean = kept.All(attempt => attempt is { Succeeded: true, IsReattempt: false });
        return budget with
        {
            Attempts = isClean ? [] : kept,
            Hold = budget.Hold is { Until: { } until } && until <= now ? null : budget.Hold,
        };
    }

    private static MerchantBudget Put(this MerchantBudget budget, CardAttempt attempt) => budget with
    {
        Attempts =
        [
            .. budget.Attempts.Where(known => known.PaymentId != attempt.PaymentId || known.Attempt != attempt.Attempt)
                .Append(attempt).OrderBy(known => known.At),
        ],
    };

    private static CardAttempt ToAttempt(CardState state, AttemptReservation reservation) => new()
    {
        PaymentId = reservation.PaymentId,
        Attempt = reservation.Attempt,
        InitiatedBy = reservation.InitiatedBy,
        AmountMinor = reservation.AmountMinor,
        Currency = reservation.Currency,
        At = reservation.At,
        IsReattempt = CardBudget.IsReattempt(state.Merchant(reservation.MerchantId), reservation.At),
    };

    private static CardHold? HoldAfter(CardHold? hold, AttemptReport report, RulePacks packs)
    {
        var decline = new Decline
        {
            At = report.Attempt.At,
            FailureCode = report.FailureCode ?? "card_declined",
            DeclineCode = report.DeclineCode,
            NetworkCode = report.NetworkCode,
            AdviceCode = report.AdviceCode,
        };
        var verdict = DeclineRules.Read(decline, report.Attempt.CardNetwork, null, report.Attempt.At, packs);
        // What forbids the card for good is not replaced by a wait that came in late.
        return hold is { Until: null } ? hold
            : verdict.Class == DeclineClass.Never ? new CardHold { RuleId = verdict.RuleId, Rule = verdict.Rule }
            : verdict.NotBefore > (hold?.Until ?? DateTimeOffset.MinValue) ? new CardHold { RuleId = verdict.RuleId, Rule = verdict.Rule, Until = verdict.NotBefore }
            : hold;
    }
}
