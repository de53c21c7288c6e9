using Recoup.Subscriptions;

namespace Recoup.Customers;

/// <summary>How a customer's state changes. Pure; a change without effect returns the same instance, and nothing is written.</summary>
internal static class CustomerTransitions
{
    /// <summary>Counts an outcome, once.</summary>
    public static CustomerState Record(this CustomerState state, string customerId, PaymentOutcome outcome, DateTimeOffset now)
    {
        if (state.History.Contains(outcome))
        {
            return state;
        }

        var isEnd = outcome.Kind is PaymentOutcomeKind.Collected or PaymentOutcomeKind.Failed or PaymentOutcomeKind.Blocked;
        // A payment can be given up and be collected after all, or be collected twice and refunded once: it is still one payment.
        var wasEnded = HasOutcome(state, outcome.PaymentId, PaymentOutcomeKind.Collected, PaymentOutcomeKind.Failed, PaymentOutcomeKind.Blocked);
        var isNewlyCollected = outcome.Kind == PaymentOutcomeKind.Collected && !HasOutcome(state, outcome.PaymentId, PaymentOutcomeKind.Collected);
        return (state with
        {
            Payments = state.Payments + (isEnd && !wasEnded ? 1 : 0),
            Collected = state.Collected + (isNewlyCollected ? 1 : 0),
            LifetimeValueMinor = ValueAfter(state.LifetimeValueMinor, outcome),
            History = state.History.Add(outcome),
        }).TellSubscription(customerId, outcome, now);
    }

    public static CustomerState Put(this CustomerState state, CustomerProfile profile)
    {
        var next = state with { TimeZone = profile.TimeZone ?? state.TimeZone, Cards = profile.Cards ?? state.Cards };
        return next.TimeZone == state.TimeZone && next.Cards.SequenceEqual(state.Cards) ? state : next;
    }

    private static bool HasOutcome(CustomerState state, string paymentId, params ReadOnlySpan<PaymentOutcomeKind> kinds)
    {
        foreach (var known in state.History.Outcomes)
        {
            if (known.PaymentId == paymentId && kinds.Contains(known.Kind))
            {
                return true;
            }
        }

        return false;
    }

    private static IReadOnlyDictionary<string, long> ValueAfter(IReadOnlyDictionary<string, long> value, PaymentOutcome outcome)
    {
        var change = outcome.Kind switch
        {
            PaymentOutcomeKind.Collected => outcome.AmountMinor,
            PaymentOutcomeKind.Refunded => -outcome.AmountMinor,
            _ => 0,
        };
        return change == 0 ? value : new Dictionary<string, long>(value)
        {
            [outcome.Currency] = value.GetValueOrDefault(outcome.Currency) + change,
        };
    }
}
