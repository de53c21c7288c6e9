using Recoup.Attention;
using Recoup.Payments;

namespace Recoup.Cards;

/// <summary>
/// Owns what is known of one card: its retry budget at each merchant under the networks' rules, and which payments wait for it to be updated.
/// The key is the card id; budgets are kept apart by merchant.
/// </summary>
[Alias("recoup.card")]
public interface ICardGrain : IGrainWithStringKey, IAttentive
{
    /// <summary>Asks for one attempt. Granted ones count at once; the same payment and attempt is granted once, and the answer repeated.</summary>
    [Alias("reserve")]
    Task<BudgetAnswer> ReserveAsync(AttemptReservation reservation);

    /// <summary>Tells how a reserved attempt, or one that the provider made, ended. Repeating it has no effect.</summary>
    [Alias("report")]
    Task ReportAsync(AttemptReport report);

    /// <summary>The earliest time at which a merchant-initiated attempt of this amount would be granted; null: now. Nothing is changed.</summary>
    [Alias("earliest")]
    Task<BudgetAnswer> PreviewAsync(AttemptReservation reservation);

    /// <summary>The payment waits until this card is updated; it is called then (<see cref="IPaymentGrain.CardUpdatedAsync"/>).</summary>
    [Alias("await-update")]
    Task AwaitUpdateAsync(string paymentId);

    /// <summary>The card has new data (expiry, number, CVC): earlier hard declines of it no longer hold, and waiting payments go on.</summary>
    [Alias("updated")]
    Task UpdatedAsync();

    [Alias("get")]
    Task<CardView> GetAsync();
}

[GenerateSerializer, Immutable, Alias("recoup.attempt-reservation")]
public sealed record AttemptReservation
{
    [Id(0)] public required string PaymentId { get; init; }

    /// <summary>1 is the first charge.</summary>
    [Id(1)] public required int Attempt { get; init; }
    [Id(2)] public required string MerchantId { get; init; }
    [Id(3)] public string? CardNetwork { get; init; }
    [Id(4)] public required Initiator InitiatedBy { get; init; }
    [Id(5)] public required long AmountMinor { get; init; }
    [Id(6)] public required string Currency { get; init; }

    /// <summary>Business time of the attempt.</summary>
    [Id(7)] public required DateTimeOffset At { get; init; }
}

[GenerateSerializer, Immutable, Alias("recoup.attempt-report")]
public sealed record AttemptReport
{
    [Id(0)] public required AttemptReservation Attempt { get; init; }
    [Id(1)] public required bool Succeeded { get; init; }
    [Id(2)] public string? FailureCode { get; init; }
    [Id(3)] public string? DeclineCode { get; init; }
    [Id(4)] public string? NetworkCode { get; init; }
    [Id(5)] public string? AdviceCode { get; init; }
}

[GenerateSerializer, Immutable, Alias("recoup.budget-answer")]
public sealed record BudgetAnswer
{
    [Id(0)] public required bool Granted { get; init; }

    /// <summary>The rule that denied it, such as <c>visa.reattempts_30d</c>; null when granted.</summary>
    [Id(1)] public string? RuleId { get; init; }
    [Id(2)] public required string RulePack { get; init; }

    /// <summary>When an attempt would be granted; null: now, or (denied) never.</summary>
    [Id(3)] public DateTimeOffset? EarliestAt { get; init; }

    /// <summary>For people.</summary>
    [Id(4)] public string? Reason { get; init; }
}

[GenerateSerializer, Immutable, Alias("recoup.card-view")]
public sealed record CardView
{
    [Id(0)] public required string CardId { get; init; }
    [Id(1)] public DateTimeOffset? UpdatedAt { get; init; }
    [Id(2)] public IReadOnlyList<CardBudgetView> Budgets { get; init; } = [];
    [Id(3)] public IReadOnlyList<string> WaitingPayments { get; init; } = [];
}

[GenerateSerializer, Immutable, Alias("recoup.card-budget-view")]
public sealed record CardBudgetView
{
    [Id(0)] public required string MerchantId { get; init; }
    [Id(1)] public required Initiator InitiatedBy { get; init; }
    [Id(2)] public required string RuleId { get; init; }
    [Id(3)] public required int Used { get; init; }
    [Id(4)] public required int Limit { get; init; }
    [Id(5)] public DateTimeOffset? EarliestAt { get; init; }
}
