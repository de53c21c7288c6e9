using System.Text.Json;
using Recoup.Events;
using Recoup.Strategy;

namespace Recoup.Payments;

/// <summary>Adds a payment's events to its outbox, in the shapes of CONTRACTS. Ids count on, so a state has the same events however often it is published.</summary>
internal static class PaymentEvents
{
    private const int SchemaVersion = 1;

    /// <summary>One attempt's result, or (without a new attempt) the payment's end.</summary>
    public static PaymentState AddCharge(this PaymentState state, string type, Attempt? attempt, bool isFinal, string? failureCode, DateTimeOffset at)
    {
        var command = state.Command!;
        var decided = attempt is { Decision: > 0 } ? state.Decisions[attempt.Decision - 1].Chosen : null;
        return state.Add(Topics.Charges, type, new
        {
            EventId = state.NextEventId(),
            EventType = type,
            SchemaVersion,
            CreatedAt = at,
            state.PaymentId,
            command.CustomerId,
            command.MerchantId,
            state.Provider,
            command.AmountMinor,
            command.Currency,
            CardId = attempt?.CardId ?? command.CardId,
            CardNetwork = attempt?.CardNetwork ?? command.CardNetwork,
            CardCountry = attempt?.CardCountry ?? command.CardCountry,
            command.BillingCountry,
            PaymentMethod = state.PaidElsewhereAt is not null && attempt is null && type == "charge.succeeded" ? "external" : "card",
            Attempt = attempt?.Number ?? state.Attempts.Select(one => one.Number).DefaultIfEmpty(0).Max(),
            IsFinal = isFinal,
            FailureCode = failureCode,
            attempt?.NetworkCode,
            attempt?.AdviceCode,
            FraudScore = state.Fraud?.Score,
            Decision = type == "charge.blocked" ? Blocked(state) : decided is null ? null : Summary(decided),
        });
    }

    public static PaymentState AddRefund(this PaymentState state, string type, Refund refund, DateTimeOffset at) => state.Add(Topics.Refunds, type, new
    {
        EventId = state.NextEventId(),
        EventType = type,
        SchemaVersion,
        CreatedAt = at,
        refund.RefundId,
        state.PaymentId,
        refund.ChargeId,
        state.Command!.CustomerId,
        state.Command.MerchantId,
        state.Provider,
        refund.AmountMinor,
        state.Command.Currency,
        refund.Status,
        refund.Reason,
        refund.FailureReason,
    });

    public static PaymentState AddDispute(this PaymentState state, string type, Dispute dispute, DateTimeOffset at) => state.Add(Topics.Disputes, type, new
    {
        EventId = state.NextEventId(),
        EventType = type,
        SchemaVersion,
        CreatedAt = at,
        dispute.DisputeId,
        state.PaymentId,
        dispute.ChargeId,
        state.Command!.CustomerId,
        state.Command.MerchantId,
        state.Provider,
        dispute.AmountMinor,
        state.Command.Currency,
        dispute.Status,
        dispute.Reason,
        dispute.NetworkReasonCode,
        dispute.EvidenceDueAt,
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

    private static object Summary(RetryDecision decision) => new
    {
        decision.Strategy,
        decision.StrategyVersion,
        decision.Arm,
        decision.Method,
        decision.DelayHours,
        decision.Probability,
        decision.RulePack,
        decision.Reason,
    };

    private static object Blocked(PaymentState state) => new { Strategy = "fraud_check", Reason = string.Join(", ", state.Fraud!.Reasons) };
}
