using System.Text.Json.Serialization;
using Recoup.Attention;
using Recoup.Payments;

namespace Recoup.Cards;

/// <summary>What is kept of a card: attempts that still count, by merchant, and who waits for its update.</summary>
[GenerateSerializer, Immutable, Alias("recoup.card-state")]
public sealed record CardState : IHasAttention
{
    [Id(0)] public DateTimeOffset? UpdatedAt { get; init; }
    [Id(1)] public IReadOnlyList<MerchantBudget> Merchants { get; init; } = [];

    /// <summary>Payments that wait for the card's next update.</summary>
    [Id(2)] public IReadOnlyList<string> WaitingPayments { get; init; } = [];

    /// <summary>Payments that are still to be told of the last update.</summary>
    [Id(3)] public IReadOnlyList<string> CallsDue { get; init; } = [];

    /// <inheritdoc/>
    [Id(4)] public DateTimeOffset? AttentionAt { get; init; }

    public MerchantBudget Merchant(string merchantId) =>
        Merchants.FirstOrDefault(merchant => merchant.MerchantId == merchantId) ?? new MerchantBudget { MerchantId = merchantId };

    /// <summary>The state with this merchant's budget in place of the one it had; an empty one is dropped.</summary>
    public CardState With(MerchantBudget budget) => this with
    {
        Merchants = [.. Merchants.Where(merchant => merchant.MerchantId != budget.MerchantId), .. budget.IsEmpty ? [] : new[] { budget }],
    };
}

/// <summary>The attempts of this card at one merchant that may still count, oldest first.</summary>
[GenerateSerializer, Immutable, Alias("recoup.merchant-budget")]
public sealed record MerchantBudget
{
    [Id(0)] public required string MerchantId { get; init; }

    /// <summary>As the last reservation named it.</summary>
    [Id(1)] public string? CardNetwork { get; init; }
    [Id(2)] public IReadOnlyList<CardAttempt> Attempts { get; init; } = [];

    /// <summary>A rule that holds the card back here; null: none.</summary>
    [Id(3)] public CardHold? Hold { get; init; }

    [JsonIgnore]
    public bool IsEmpty => Attempts.Count == 0 && Hold is null;

    public CardAttempt? Find(string paymentId, int attempt) =>
        Attempts.FirstOrDefault(known => known.PaymentId == paymentId && known.Attempt == attempt);
}

[GenerateSerializer, Immutable, Alias("recoup.card-attempt")]
public sealed record CardAttempt
{
    [Id(0)] public required string PaymentId { get; init; }
    [Id(1)] public required int Attempt { get; init; }
    [Id(2)] public required Initiator InitiatedBy { get; init; }
    [Id(3)] public required long AmountMinor { get; init; }
    [Id(4)] public required string Currency { get; init; }

    /// <summary>Business time.</summary>
    [Id(5)] public required DateTimeOffset At { get; init; }

    /// <summary>It follows a decline of this card at this merchant. Fixed when the attempt is made.</summary>
    [Id(6)] public required bool IsReattempt { get; init; }

    /// <summary>Null: reserved, and nothing is known of it yet. It counts as a decline until it is.</summary>
    [Id(7)] public bool? Succeeded { get; init; }
}

/// <summary>No attempt of this card at this merchant.</summary>
[GenerateSerializer, Immutable, Alias("recoup.card-hold")]
public sealed record CardHold
{
    /// <summary>Such as <c>visa.category_1</c>.</summary>
    [Id(0)] public required string RuleId { get; init; }

    /// <summary>For people: the code that decided.</summary>
    [Id(1)] public required string Rule { get; init; }

    /// <summary>Business time at which it ends; null: until the card is updated.</summary>
    [Id(2)] public DateTimeOffset? Until { get; init; }
}
