using System.Globalization;
using Recoup.Payments;
using Recoup.Silo.Workflows.Timelines;
using Recoup.Strategy;

namespace Recoup.Client.Payments;

/// <summary>A payment's life as a timeline: pure, in business time.</summary>
internal static class PaymentStory
{
    public static IReadOnlyList<TimelineEntry> Tell(PaymentView payment)
    {
        var told = payment.Attempts.Select(attempt => Attempt(payment, attempt))
            .Concat(payment.Decisions.SelectMany((decision, index) => Decision(payment, decision, index)))
            .Prepend(Submitted(payment))
            .OrderBy(entry => entry.At);
        return payment.IsEnded ? [.. told, Ended(payment)] : [.. told];
    }

    /// <summary>Of a provider's charge Recoup hears afterwards: then the attempt stands before this.</summary>
    private static TimelineEntry Submitted(PaymentView payment) => new(
        payment.CreatedAt,
        TimelineKind.Started,
        payment.Provider == "recoup" ? $"Submitted {payment.Amount()}" : $"Heard of {payment.Amount()} from {Capitalised(payment.Provider)}")
    {
        Details = payment.FraudScore is { } score
            ? [string.Create(CultureInfo.InvariantCulture, $"fraud score {score:0.00}") + (payment.FraudReasons.Count == 0 ? "" : $": {string.Join(", ", payment.FraudReasons)}")]
            : [],
    };

    private static TimelineEntry Attempt(PaymentView payment, AttemptView attempt)
    {
        var on = (attempt.CardId ?? payment.CardId) is { } card ? $" on {card}" : "";
        return attempt.Outcome switch
        {
            AttemptOutcome.Succeeded => new(attempt.At, TimelineKind.Collected, $"Attempt {attempt.Attempt}{on}: collected {payment.Amount()}"),
            AttemptOutcome.Declined => new(attempt.At, TimelineKind.Declined, $"Attempt {attempt.Attempt}{on}: declined, {PaymentWords.Decline(attempt)}"),
            _ => new(attempt.At, TimelineKind.Attempt, $"Attempt {attempt.Attempt}{on}: the gateway has not answered yet"),
        };
    }

    private static IEnumerable<TimelineEntry> Decision(PaymentView payment, RetryDecision decision, int index)
    {
        var chance = string.Create(CultureInfo.InvariantCulture, $"{decision.Probability * 100:0} %");
        yield return new(decision.At, TimelineKind.Decision, $"Decision {index + 1}: {Wording.Of(decision.Method)}{Delay(decision)}")
        {
            Details =
            [
                decision.Reason,
                .. Rejected(decision),
                $"chance {chance} · {decision.Strategy} {decision.StrategyVersion} · rules of {decision.RulePack} · {decision.Arm}",
            ],
        };
        if (Wait(payment, decision, index) is { } wait)
        {
            yield return wait;
        }
    }

    /// <summary>A line a reason: alternatives that fell for the same one share it.</summary>
    private static IEnumerable<string> Rejected(RetryDecision decision) => decision.Rejected
        .GroupBy(rejected => rejected.Reason, StringComparer.Ordinal)
        .Select(alike => $"not {string.Join(", ", alike.Select(rejected => Wording.Of(rejected.Method)))}: {alike.Key}");

    private static string Delay(RetryDecision decision) => decision switch
    {
        { Method: RecoveryMethod.GiveUp } => "",
        { DelayHours: > 0, AwaitsCustomer: true } => $", then a charge after {DurationText.Of(TimeSpan.FromHours(decision.DelayHours))} at the earliest",
        { DelayHours: > 0 } => $" in {DurationText.Of(TimeSpan.FromHours(decision.DelayHours))}",
        _ => "",
    };

    /// <summary>What was waited for between this decision and what came next: an attempt, another decision, the end, or nothing yet.</summary>
    private static TimelineEntry? Wait(PaymentView payment, RetryDecision decision, int index)
    {
        if (decision.Method is RecoveryMethod.GiveUp)
        {
            return null;
        }

        var next = NextAfter(payment, decision, index);
        var forWhom = decision.AwaitsCustomer ? " for the customer" : "";
        if (next is { } at)
        {
            return at <= decision.At ? null : new(decision.At, TimelineKind.Wait, $"Waited {DurationText.Of(at - decision.At)}{forWhom}");
        }

        var until = decision.AwaitsCustomer ? decision.WaitUntil : payment.NextAttemptAt ?? decision.AttemptAt;
        return new(decision.At, TimelineKind.Wait, $"Waiting{forWhom}" + (until is { } end ? $" until {TimeText.Of(end)}" : ""));
    }

    private static DateTimeOffset? NextAfter(PaymentView payment, RetryDecision decision, int index)
    {
        var attempt = payment.Attempts.Where(attempt => attempt.At > decision.At).Select(attempt => (DateTimeOffset?)attempt.At).Min();
        var other = index + 1 < payment.Decisions.Count ? payment.Decisions[index + 1].At : payment.EndedAt;
        return attempt is null || other < attempt ? other : attempt;
    }

    private static TimelineEntry Ended(PaymentView payment)
    {
        var reason = payment.FailureCode is { } code && payment.Status is PaymentStatus.Failed or PaymentStatus.Cancelled or PaymentStatus.Blocked ? $": {payment.FailureCode}" : "";
        var joined = payment.MergedInto is { } other ? $", joined to {other}" : "";
        var last = payment.Attempts.Select(attempt => attempt.At).Append(payment.CreatedAt).Max();
        return new(payment.EndedAt ?? last, TimelineKind.Ended, $"{Capitalised(Wording.Of(payment.Status))}{reason}{joined}")
        {
            Details = payment.RefundedMinor > 0 ? [$"given back {new Amounts.Money(payment.RefundedMinor, payment.Currency)}"] : [],
        };
    }

    private static string Capitalised(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
