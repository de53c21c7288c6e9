using Recoup.Gateways;

namespace Recoup.Payments;

/// <summary>Money that goes back: asked for by the merchant, done by the provider, or a compensation.</summary>
public static partial class PaymentTransitions
{
    /// <summary>Promises a refund of the kept charge. Check <see cref="PaymentStatusRules.RefundableMinor"/> first: no more than that is ever promised.</summary>
    public static PaymentState RequestRefund(this PaymentState state, string idempotencyKey, long amountMinor, string? reason, DateTimeOffset now)
    {
        if (state.Refunds.Any(refund => refund.IdempotencyKey == idempotencyKey) || amountMinor <= 0 || amountMinor > PaymentStatusRules.RefundableMinor(state))
        {
            return state;
        }

        var charge = PaymentStatusRules.KeptCharge(state)!;
        return state.AddRefund(charge.ChargeId, amountMinor, reason ?? "requested_by_customer", idempotencyKey, isCompensation: false, now);
    }

    /// <summary>What the gateway said of a refund that was written ahead.</summary>
    public static PaymentState ResolveRefund(this PaymentState state, int number, GatewayRefund answer, DateTimeOffset now)
    {
        if (state.Refunds.FirstOrDefault(refund => refund.Number == number) is not { Status: RefundStatus.Pending } pending)
        {
            return state;
        }

        return state.Replace(pending, pending with
        {
            RefundId = answer.RefundId,
            Status = answer.Succeeded ? RefundStatus.Succeeded : RefundStatus.Failed,
            FailureReason = answer.FailureReason,
        }, now);
    }

    /// <summary>A refund as the provider tells of it. A result outranks "pending", then the newest word counts; at the same time a failure outranks a success.</summary>
    private static PaymentState ApplyRefund(this PaymentState state, RefundReported fact, DateTimeOffset now)
    {
        var status = fact.Status switch { "succeeded" => RefundStatus.Succeeded, "failed" => RefundStatus.Failed, _ => RefundStatus.Pending };
        var ours = OwnRefundNumber(state.PaymentId, fact.IdempotencyKey);
        var known = state.Refunds.FirstOrDefault(refund => (ours > 0 && refund.Number == ours) || refund.RefundId == fact.RefundId);
        var told = new Refund
        {
            Number = known?.Number ?? 0,
            RefundId = fact.RefundId,
            ChargeId = fact.ChargeId ?? known?.ChargeId,
            AmountMinor = known?.AmountMinor ?? fact.AmountMinor,
            Status = status,
            At = fact.OccurredAt,
            Reason = fact.Reason ?? known?.Reason,
            FailureReason = fact.FailureReason,
            IdempotencyKey = known?.IdempotencyKey,
            IsCompensation = known?.IsCompensation ?? false,
            IsTotal = fact.IsTotal,
        };

        if (fact.IsTotal)
        {
            return fact.AmountMinor <= (known?.AmountMinor ?? 0) ? state : state.AddTold(known, told with { AmountMinor = fact.AmountMinor }, now);
        }

        if (known is null)
        {
            return state.AddTold(null, told, now);
        }

        return Rank(told).CompareTo(Rank(known)) > 0 ? state.Replace(known, told, now) : state;
    }

    /// <summary>
    /// Adds a refund that the provider tells of. Its events carry what it adds to the sum that is known: of a sum and the refunds in it, each minor unit is
    /// published once.
    /// </summary>
    private static PaymentState AddTold(this PaymentState state, Refund? known, Refund told, DateTimeOffset now)
    {
        var next = state with { Refunds = [.. state.Refunds.Where(refund => refund != known), told] };
        var added = told.Status == RefundStatus.Succeeded ? PaymentStatusRules.RefundedMinor(next) - PaymentStatusRules.RefundedMinor(state) : told.AmountMinor;
        if (added > 0)
        {
            var published = told with { AmountMinor = added };
            next = next.AddRefund("refund.created", published, now);
            next = told.Status == RefundStatus.Pending ? next : next.AddRefund(EventOf(told.Status), published, now);
        }

        return next.Settle(now);
    }

    private static (bool IsSettled, DateTimeOffset At, RefundStatus Status) Rank(Refund refund) => (refund.Status != RefundStatus.Pending, refund.At, refund.Status);

    private static PaymentState AddRefund(
        this PaymentState state, string? chargeId, long amountMinor, string reason, string? idempotencyKey, bool isCompensation, DateTimeOffset now)
    {
        var number = state.Refunds.Select(refund => refund.Number).DefaultIfEmpty(0).Max() + 1;
        var refund = new Refund
        {
            Number = number,
            RefundId = PaymentIds.RefundKey(state.PaymentId, number),
            ChargeId = chargeId,
            AmountMinor = amountMinor,
            Status = RefundStatus.Pending,
            At = now,
            Reason = reason,
            IdempotencyKey = idempotencyKey,
            IsCompensation = isCompensation,
        };
        return (state with { Refunds = [.. state.Refunds, refund] }).AddRefund("refund.created", refund, now);
    }

    private static PaymentState Replace(this PaymentState state, Refund known, Refund told, DateTimeOffset now)
    {
        state = state with { Refunds = [.. state.Refunds.Select(refund => refund == known ? told : refund)] };
        return (known.Status == told.Status || told.Status == RefundStatus.Pending ? state : state.AddRefund(EventOf(told.Status), told, now)).Settle(now);
    }

    private static string EventOf(RefundStatus status) => status == RefundStatus.Succeeded ? "refund.succeeded" : "refund.failed";

    private static int OwnRefundNumber(string paymentId, string? key)
    {
        var prefix = $"{paymentId}:refund:";
        return key is not null && key.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(key.AsSpan(prefix.Length), out var number) ? number : 0;
    }
}
