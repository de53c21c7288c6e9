namespace Recoup.Strategy;

/// <summary>What to do about a declined payment, with everything that is needed to explain it later.</summary>
[GenerateSerializer, Immutable, Alias("recoup.retry-decision")]
public sealed record RetryDecision
{
    /// <summary>When it was made; business time, UTC.</summary>
    [Id(0)] public required DateTimeOffset At { get; init; }
    [Id(1)] public required RecoveryMethod Method { get; init; }

    /// <summary>Business hours from <see cref="At"/> to the attempt, or to the earliest charge once the customer has answered.</summary>
    [Id(2)] public required double DelayHours { get; init; }

    /// <summary>Chance that this collects the money, 0 to 1.</summary>
    [Id(3)] public required double Probability { get; init; }

    /// <summary>For people, one sentence.</summary>
    [Id(4)] public required string Reason { get; init; }

    /// <summary>Edition of the rule pack that it was made under.</summary>
    [Id(5)] public required string RulePack { get; init; }
    [Id(6)] public IReadOnlyList<RejectedAlternative> Rejected { get; init; } = [];

    /// <summary><c>baseline</c> or <c>learned</c>.</summary>
    [Id(7)] public required string Strategy { get; init; }
    [Id(8)] public required string StrategyVersion { get; init; }

    /// <summary><c>treatment</c> or <c>holdout</c>.</summary>
    [Id(9)] public required string Arm { get; init; }

    /// <summary>The card to charge; null for the methods that wait for the customer and for <c>give_up</c>.</summary>
    [Id(10)] public string? CardId { get; init; }

    /// <summary>Earliest time that the rules allow; business time.</summary>
    [Id(11)] public required DateTimeOffset AttemptAt { get; init; }

    /// <summary>For the methods that wait for the customer: when the wait is over; business time.</summary>
    [Id(12)] public DateTimeOffset? WaitUntil { get; init; }

    /// <summary>
    /// The issuer took the last charge for a copy of an earlier one (<c>duplicate_transaction</c>): look every earlier charge of the payment up by its key,
    /// and charge only when none of them collected.
    /// </summary>
    [Id(13)] public bool LookUpFirst { get; init; }

    /// <summary>For <c>give_up</c>: all that was allowed has been tried, or its time is over; false: a rule forbids any further attempt.</summary>
    [Id(14)] public bool IsExhausted { get; init; }

    /// <summary>The methods that send a message and never charge without the customer's answer.</summary>
    public bool AwaitsCustomer =>
        Method is RecoveryMethod.RequestCardUpdate or RecoveryMethod.ContactCustomer or RecoveryMethod.RetryWithCorrectCvc;
}

[GenerateSerializer, Immutable, Alias("recoup.rejected-alternative")]
public sealed record RejectedAlternative
{
    [Id(0)] public required RecoveryMethod Method { get; init; }
    [Id(1)] public required string Reason { get; init; }
}

[GenerateSerializer, Alias("recoup.recovery-method")]
public enum RecoveryMethod
{
    SameCard,
    AlternativeCard,
    RequestCardUpdate,
    RetryWithCorrectCvc,
    ContactCustomer,
    GiveUp,
}
