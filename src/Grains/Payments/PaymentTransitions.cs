using Recoup.Fraud;
using Recoup.Gateways;
using Recoup.Strategy;

namespace Recoup.Payments;

/// <summary>
/// Everything that can happen to a payment, as pure functions from state to state. Each checks for itself that it still applies, and returns
/// the same instance where it does not, so that it may be repeated after a crash and run after something else has happened.
/// </summary>
public static partial class PaymentTransitions
{
    private const int AppliedEventsMax = 200;

    /// <summary>The family of all declines; a provider that tells more does so in another event.</summary>
    private const string UnexplainedDecline = "card_declined";

    /// <summary>The rule id under which a first attempt is declined that the networks' limits do not allow; nothing goes to the gateway.</summary>
    public const string AttemptLimitReached = "attempt_limit_reached";

    public static PaymentState Submit(this PaymentState state, string paymentId, string idempotencyKey, SubmitPayment command, DateTimeOffset now) =>
        state.IsSubmitted ? state : (state with
        {
            PaymentId = paymentId,
            IdempotencyKey = idempotencyKey,
            Command = command,
            CreatedAt = now,
        }).Settle(now);

    /// <summary>The fraud check's verdict: blocked payments end here.</summary>
    public static PaymentState Judge(this PaymentState state, FraudVerdict verdict, DateTimeOffset now)
    {
        if (state.Fraud is not null || state.Status != PaymentStatus.Submitted)
        {
            return state;
        }

        var judged = state with { Fraud = verdict };
        return verdict.Blocked
            ? (judged.AddCharge("charge.blocked", null, isFinal: true, "fraud_suspected", now) with { EndCode = "fraud_suspected" }).Settle(now)
            : judged;
    }

    /// <summary>Writes an attempt ahead of its call to the gateway. Decision 0 is the first charge.</summary>
    public static PaymentState BeginAttempt(this PaymentState state, int decision, string? cardId, string? cardNetwork, string? cardCountry, DateTimeOffset now)
    {
        var possible = decision == 0
            ? state.Status == PaymentStatus.Submitted && state.Fraud is { Blocked: false }
            : state.Status == PaymentStatus.Recovering && decision == state.Decisions.Count;
        if (!possible || state.PendingAttempt is not null || (decision > 0 && state.Attempts.Any(attempt => attempt.Decision == decision)))
        {
            return state;
        }

        var attempt = new Attempt
        {
            Number = state.NextAttemptNumber(),
            At = now,
            IsOurs = true,
            Decision = decision,
            CardId = cardId,
            CardNetwork = cardNetwork,
            CardCountry = cardCountry,
        };
        return (state with { Attempts = [.. state.Attempts, attempt] }).Settle(now);
    }

    /// <summary>What the gateway said of an attempt that was written ahead.</summary>
    public static PaymentState ResolveAttempt(this PaymentState state, int number, GatewayCharge charge, DateTimeOffset now)
    {
        if (state.PendingAttempt is not { } pending || pending.Number != number)
        {
            return state;
        }

        var closed = state.CancelledAt is not null || state.PaidElsewhereAt is not null;
        return state.WithResult(pending with
        {
            Outcome = charge.Succeeded ? AttemptOutcome.Succeeded : AttemptOutcome.Declined,
            Unwanted = charge.Succeeded && closed,
            ChargeId = charge.ChargeId,
            FailureCode = charge.Succeeded ? null : charge.FailureCode ?? UnexplainedDecline,
            DeclineCode = charge.DeclineCode,
            NetworkCode = charge.NetworkCode,
            AdviceCode = charge.AdviceCode,
        }, now);
    }

    /// <summary>The networks' limits do not allow the first attempt: it counts as declined, and the recovery finds a time at which one is allowed.</summary>
    public static PaymentState DeclineUnattempted(this PaymentState state, string? cardId, string? cardNetwork, string? cardCountry, DateTimeOffset now)
    {
        var begun = state.BeginAttempt(0, cardId, cardNetwork, cardCountry, now);
        return ReferenceEquals(begun, state) ? state : begun.WithResult(
            begun.PendingAttempt! with { Outcome = AttemptOutcome.Declined, FailureCode = AttemptLimitReached }, now);
    }

    public static PaymentState Decide(this PaymentState state, int number, RetryDecision decision) =>
        state.Status != PaymentStatus.Recovering || number != state.Decisions.Count + 1
            ? state
            : state with { Decisions = [.. state.Decisions, new RecoveryDecision { Chosen = decision }] };

    /// <summary>The card's budget was denied when the decision's time had come: the next decision knows.</summary>
    public static PaymentState Deny(this PaymentState state, int number, string ruleId) =>
        number != state.Decisions.Count || state.Decisions[^1].DeniedBy is not null
            ? state
            : state.WithDecision(state.Decisions[^1] with { DeniedBy = ruleId });

    /// <summary>The customer answered: updated the card, or entered the CVC at the processor.</summary>
    public static PaymentState CustomerAnswered(this PaymentState state) =>
        state.Status != PaymentStatus.Recovering || state.Decisions is not [.., { Answered: false, Chosen.AwaitsCustomer: true } last]
            ? state
            : state.WithDecision(last with { Answered = true }) with { PendingSignal = RecoverySignal.CardUpdated };

    /// <summary>Nothing allowed is left.</summary>
    public static PaymentState Fail(this PaymentState state, string failureCode, DateTimeOffset now) =>
        state.Status != PaymentStatus.Recovering || state.PendingAttempt is not null
            ? state
            : (state with { FailedAt = now, EndCode = failureCode }).Settle(now);

    public static PaymentState Cancel(this PaymentState state, DateTimeOffset now) => !state.IsOpen
        ? state
        : (state with { CancelledAt = now, EndCode = "cancelled" }).Settle(now);

    public static PaymentState PayElsewhere(this PaymentState state, DateTimeOffset now)
    {
        if (!state.IsOpen && state.Status != PaymentStatus.Failed)
        {
            return state;
        }

        var paid = state with { PaidElsewhereAt = now, EndCode = null };
        return paid.AddCharge("charge.succeeded", null, isFinal: true, null, now).Settle(now);
    }

    public static PaymentState SignalDelivered(this PaymentState state, RecoverySignal signal) =>
        state.PendingSignal == signal ? state with { PendingSignal = null } : state;

    public static PaymentState MergeInto(this PaymentState state, string paymentId, DateTimeOffset now) => state.MergedInto is not null
        ? state
        : (state with { MergedInto = paymentId, EndCode = state.EndCode ?? "merged" }).Settle(now);

    public static PaymentState Forwarded(this PaymentState state) => state.MergeForwarded ? state : state with { MergeForwarded = true };

    internal static int NextAttemptNumber(this PaymentState state) => state.Attempts.Select(attempt => attempt.Number).DefaultIfEmpty(0).Max() + 1;

    private static PaymentState WithResult(this PaymentState state, Attempt result, DateTimeOffset now)
    {
        var known = state.Attempts.Any(attempt => attempt.Number == result.Number);
        var next = state with
        {
            Attempts = known ? [.. state.Attempts.Select(attempt => attempt.Number == result.Number ? result : attempt)] : [.. state.Attempts, result],
        };
        return result.Outcome switch
        {
            AttemptOutcome.Succeeded => next.AddCharge("charge.succeeded", result, isFinal: true, null, now).Settle(now),
            AttemptOutcome.Declined => next.AddCharge("charge.failed", result, isFinal: false, result.FailureCode, now).Settle(now),
            _ => next.Settle(now),
        };
    }

    private static PaymentState WithDecision(this PaymentState state, RecoveryDecision last) => state with { Decisions = [.. state.Decisions.SkipLast(1), last] };

    /// <summary>
    /// Draws the conclusions of new facts: the status, the end and its event, the signal to the workflow, and the refund of every charge that must not be kept.
    /// </summary>
    /// <exception cref="InvalidOperationException">The facts contradict each other: a defect, and nothing may be saved.</exception>
    private static PaymentState Settle(this PaymentState state, DateTimeOffset now)
    {
        foreach (var charge in PaymentStatusRules.ToCompensate(state).ToArray())
        {
            state = state.AddRefund(charge.ChargeId, state.Command!.AmountMinor - PaymentStatusRules.GivenBackMinor(state, charge.ChargeId!), "duplicate", null, isCompensation: true, now);
        }

        var (from, to) = (state.Status, PaymentStatusRules.StatusOf(state));
        if (from == to)
        {
            return state;
        }

        if (!PaymentStatusRules.IsAllowed(from, to))
        {
            throw new InvalidOperationException($"Payment {state.PaymentId} cannot go from {from} to {to}.");
        }

        state = state with { Status = to };
        if (state.IsOpen)
        {
            return state;
        }

        state = state with { EndedAt = state.EndedAt ?? now };
        if (to is PaymentStatus.Failed or PaymentStatus.Cancelled)
        {
            state = state.AddCharge("charge.failed", null, isFinal: true, state.EndCode, now);
        }

        return from == PaymentStatus.Recovering ? state with { PendingSignal = SignalFor(state, to) } : state;
    }

    private static RecoverySignal? SignalFor(PaymentState state, PaymentStatus status) => status switch
    {
        // The workflow made this attempt itself, and gets its result as the activity's answer.
        PaymentStatus.Recovered when PaymentStatusRules.KeptCharge(state) is { IsOurs: true, Decision: > 0 } => null,
        PaymentStatus.Cancelled => RecoverySignal.Cancelled,
        PaymentStatus.Refunded => RecoverySignal.Refunded,
        PaymentStatus.Disputed => RecoverySignal.Disputed,
        PaymentStatus.Succeeded or PaymentStatus.Recovered => RecoverySignal.PaidElsewhere,
        _ => null,
    };
}
