using Recoup.Payments;
using Recoup.Strategy;

namespace Recoup.Cards;

/// <summary>Whether one more attempt is within the networks' limits: pure functions of what the card has done at the merchant.</summary>
public static class CardBudget
{
    /// <summary>Attempts older than this count under no rule of any pack.</summary>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromDays(30);

    /// <summary>The answer to a reservation.</summary>
    public static BudgetAnswer Ask(MerchantBudget budget, AttemptReservation reservation, RulePack pack)
    {
        var hold = Holding(budget, reservation);
        if (hold is { Until: null })
        {
            return Deny(pack, hold.RuleId, null, $"{hold.Rule}: no attempt on this card until it is updated");
        }

        var earliest = hold?.Until;
        var (ruleId, reason) = (hold?.RuleId, hold is null ? null : $"{hold.Rule}: the network asked to wait");
        foreach (var limit in pack.Limits)
        {
            if (EarliestUnder(limit, budget, reservation) is { } at && (earliest is null || at > earliest))
            {
                (earliest, ruleId, reason) = (at, limit.RuleId, $"{limit.Maximum} {Counted(limit)} in {limit.WindowHours} hours were made with this card here");
            }
        }

        return ruleId is null ? new BudgetAnswer { Granted = true, RulePack = pack.Edition } : Deny(pack, ruleId, earliest, reason!);
    }

    /// <summary>An attempt follows a decline when the card's last settled attempt here was declined: a success ends the chain.</summary>
    public static bool IsReattempt(MerchantBudget budget, DateTimeOffset at)
    {
        for (var i = budget.Attempts.Count - 1; i >= 0; i--)
        {
            if (budget.Attempts[i].At <= at && budget.Attempts[i].Succeeded is { } succeeded)
            {
                return !succeeded;
            }
        }

        return false;
    }

    /// <summary>So many attempts count against a limit at a time, those without a result among them.</summary>
    public static int Used(AttemptLimit limit, MerchantBudget budget, AttemptReservation reservation) =>
        Counting(limit, budget, reservation).Count(at => at > reservation.At - limit.Window);

    private static BudgetAnswer Deny(RulePack pack, string ruleId, DateTimeOffset? earliest, string reason) =>
        new() { Granted = false, RuleId = ruleId, RulePack = pack.Edition, EarliestAt = earliest, Reason = reason };

    private static CardHold? Holding(MerchantBudget budget, AttemptReservation reservation) => budget.Hold switch
    {
        // A wait is asked of the merchant's retries; a customer who pays anew is not held up by it.
        { Until: { } until } when until <= reservation.At || reservation.InitiatedBy == Initiator.Customer => null,
        var hold => hold,
    };

    /// <summary>Null: the limit allows it now.</summary>
    private static DateTimeOffset? EarliestUnder(AttemptLimit limit, MerchantBudget budget, AttemptReservation reservation)
    {
        if (limit.Counts == LimitCount.Reattempts && !IsReattempt(budget, reservation.At))
        {
            return null;
        }

        // A window of 30 days ends 30 days after its first attempt: at that moment the attempt no longer counts.
        var counting = Counting(limit, budget, reservation).Where(at => at > reservation.At - limit.Window).Order().ToArray();
        return counting.Length < limit.Maximum ? null : counting[^limit.Maximum] + limit.Window;
    }

    private static IEnumerable<DateTimeOffset> Counting(AttemptLimit limit, MerchantBudget budget, AttemptReservation reservation)
    {
        var lastSuccess = limit.Counts == LimitCount.ConsecutiveDeclines
            ? budget.Attempts.Where(attempt => attempt.Succeeded == true).Select(attempt => attempt.At).DefaultIfEmpty(DateTimeOffset.MinValue).Max()
            : DateTimeOffset.MinValue;
        return budget.Attempts
            .Where(attempt => limit.Counts == LimitCount.Reattempts ? attempt.IsReattempt : attempt.Succeeded != true)
            .Where(attempt => attempt.At > lastSuccess)
            .Where(attempt => !limit.InitiatorsApart || attempt.InitiatedBy == reservation.InitiatedBy)
            .Where(attempt => !limit.SameAmount || (attempt.AmountMinor == reservation.AmountMinor && attempt.Currency == reservation.Currency))
            .Select(attempt => attempt.At);
    }

    private static string Counted(AttemptLimit limit) => limit.Counts switch
    {
        LimitCount.Reattempts => "reattempts",
        LimitCount.Declines => "declines of the same amount",
        _ => "declines in a row",
    };
}
