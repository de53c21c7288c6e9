using System.Text.Json;
using Recoup.Events;
using Recoup.Strategy;

namespace Recoup.Payments;

/// <summary>Adds a payment's events to its outbox, in the shapes of CONTRACTS. Ids count on, so a state has the same events however often it is published.</summary>
internal static class PaymentEvents
{
    /// <summary>
    /// Digits behind the point of numbers that are not money. A double just below 0.001 would be written with twenty, and readers, our own validation
    /// among them, take eighteen.
    /// </summary>
    private const int FractionDigits = 9;

    /// <summary>One attempt's result, or (without a new attempt) the payment's end.</summary>
    public static PaymentState AddCharge(this PaymentState state, string type, Attempt? attempt, bool isFinal, string? failureCode, DateTimeOffset at)
    {
        var command = state.Command!;
        var decided = attempt is { Decision: > 0 } ? state.Decisions[attempt.Decision - 1].Chosen : null;
        return state.Add(Topics.Charges, type, new ChargeEvent
        {
            EventId = state.NextEventId(),
            EventType = type,
            SchemaVersion = OutgoingEvent.SchemaVersion,
            CreatedAt = at,
            PaymentId = state.PaymentId,
            CustomerId = command.CustomerId,
            MerchantId = command.MerchantId,
            Provider = state.Provider,
            AmountMinor = command.AmountMinor,
            Currency = command.Currency,
            CardId = attempt?.CardId ?? command.CardId,
            CardNetwork = attempt?.CardNetwork ?? command.CardNetwork,
            CardCountry = attempt?.CardCountry ?? command.CardCountry,
            BillingCountry = command.BillingCountry,
            PaymentMethod = state.PaidElsewhereAt is not null && attempt is null && type == "charge.succeeded" ? "external" : "card",
            Attempt = attempt?.Number ?? state.Attempts.Select(one => one.Number).DefaultIfEmpty(0).Max(),
            IsFinal = isFinal,
            FailureCode = failureCode,
            NetworkCode = attempt?.NetworkCode,
            AdviceCode = attempt?.AdviceCode,
            FraudScore = Rounded(state.Fraud?.Score),
            Decision = type == "charge.blocked" ? Blocked(state) : decided is null ? null : Summary(decided),
        });
    }

    public static PaymentState AddRefund(this PaymentState state, string type, Refund refund, DateTimeOffset at) => state.Add(Topics.Refunds, type, new RefundEvent
    {
        EventId = state.NextEventId(),
        EventType = type,
        SchemaVersion = OutgoingEvent.SchemaVersion,
        CreatedAt = at,
        RefundId = refund.RefundId,
        PaymentId = state.PaymentId,
        ChargeId = refund.ChargeId,
        CustomerId = state.Command!.CustomerId,
        MerchantId = state.Command.MerchantId,
        Provider = state.Provider,
        AmountMinor = refund.AmountMinor,
        Currency = state.Command.Currency,
        Status = JsonNamingPolicy.SnakeCaseLower.ConvertName(refund.Status.ToString()),
        Reason = refund.Reason,
        FailureReason = refund.FailureReason,
    });

    public static PaymentState AddDispute(this PaymentState state, string type, Dispute dispute, DateTimeOffset at) => state.Add(Topics.Disputes, type, new DisputeEvent
    {
        EventId = state.NextEventId(),
        EventType = type,
        SchemaVersion = OutgoingEvent.SchemaVersion,
        CreatedAt = at,
        DisputeId = dispute.DisputeId,
        PaymentId = state.PaymentId,
        ChargeId = dispute.ChargeId,
        CustomerId = state.Command!.CustomerId,
        MerchantId = state.Command.MerchantId,
        Provider = state.Provider,
        AmountMinor = dispute.AmountMinor,
        Currency = state.Command.Currency,
        Status = dispute.Status,
        Reason = dispute.Reason,
        NetworkReasonCode = dispute.NetworkReasonCode,
        EvidenceDueAt = dispute.EvidenceDueAt,
    });

    private static string NextEventId(this PaymentState state) => PaymentIds.EventId(state.PaymentId, state.EventCount + 1);

    private static PaymentState Add<T>(this PaymentState state, string topic, string type, T value)
    {
        var added = new OutboxEvent
        {
            EventId = state.NextEventId(),
            EventType = type,
            Topic = topic,
            Key = state.PaymentId,
            Json = JsonSerializer.Serialize(value, RecoupJson.Options),
        };
        return state with { EventCount = state.EventCount + 1, Outbox = [.. state.Outbox, added] };
    }

    private static ChargeDecision Summary(RetryDecision decision) => new()
    {
        Strategy = decision.Strategy,
        StrategyVersion = decision.StrategyVersion,
        Arm = decision.Arm,
        Method = decision.Method,
        DelayHours = Rounded(decision.DelayHours),
        Probability = Rounded(decision.Probability),
        RulePack = decision.RulePack,
        Reason = decision.Reason,
    };

    private static double? Rounded(double? number) => number is { } known ? Math.Round(known, FractionDigits) : null;

    private static ChargeDecision Blocked(PaymentState state) => new() { Strategy = "fraud_check", Reason = string.Join(", ", state.Fraud!.Reasons) };
}
