namespace Recoup.Strategy;

/// <summary>All that a decision may look at: the body of <c>POST /strategy/preview</c>. The strategy reads no clock and no state of its own.</summary>
[GenerateSerializer, Immutable, Alias("recoup.retry-context")]
public sealed record RetryContext
{
    [Id(0)] public required string PaymentId { get; init; }
    [Id(1)] public required string MerchantId { get; init; }
    [Id(2)] public required long AmountMinor { get; init; }
    [Id(3)] public required string Currency { get; init; }
    [Id(4)] public required DateTimeOffset Now { get; init; }
    [Id(5)] public required Decline LastDecline { get; init; }

    /// <summary>Business time of the first decline; the static plan and the 14 days count from it.</summary>
    [Id(6)] public required DateTimeOffset FirstDeclineAt { get; init; }

    /// <summary>Retries that were made: attempts after the first charge.</summary>
    [Id(7)] public required int Retries { get; init; }
    [Id(8)] public string? CardId { get; init; }
    [Id(9)] public string? CardNetwork { get; init; }
    [Id(10)] public string? CardCountry { get; init; }

    /// <summary>Cards of this customer that may be charged for this payment, in order of use, the declined one not among them.</summary>
    [Id(11)] public IReadOnlyList<string> BackupCards { get; init; } = [];

    /// <summary>Cards that may never be charged again for this payment (hard declines).</summary>
    [Id(12)] public IReadOnlyList<string> DeadCards { get; init; } = [];
    [Id(13)] public CustomerFacts Customer { get; init; } = new();
    [Id(14)] public bool IsSubscription { get; init; }

    /// <summary>Budget of the declined card at this merchant: no attempt on it before this time; null: none is held back.</summary>
    [Id(15)] public DateTimeOffset? CardNotBefore { get; init; }

    /// <summary>The customer has answered the last message (card updated, CVC entered): charging is allowed again.</summary>
    [Id(16)] public bool CustomerAnswered { get; init; }

    /// <summary><c>treatment</c> or <c>holdout</c>: the holdout arm always gets the baseline.</summary>
    [Id(17)] public string Arm { get; init; } = "treatment";

    /// <summary>A decline of R0, R1 or R3 stopped the recurring agreement: no card may be charged without the customer.</summary>
    [Id(18)] public bool AgreementStopped { get; init; }

    /// <summary>Who processes it: <c>recoup</c>, <c>stripe</c>, <c>square</c>.</summary>
    [Id(19)] public string Provider { get; init; } = "recoup";
}

/// <summary>What the last attempt was told.</summary>
[GenerateSerializer, Immutable, Alias("recoup.decline")]
public sealed record Decline
{
    [Id(0)] public required DateTimeOffset At { get; init; }
    [Id(1)] public required string FailureCode { get; init; }
    [Id(2)] public string? DeclineCode { get; init; }
    [Id(3)] public string? NetworkCode { get; init; }
    [Id(4)] public string? AdviceCode { get; init; }
}

/// <summary>What is known of the customer at the moment of a decision.</summary>
[GenerateSerializer, Immutable, Alias("recoup.customer-facts")]
public sealed record CustomerFacts
{
    /// <summary>Share of this customer's payments that were collected, 0 to 1; null while there are none.</summary>
    [Id(0)] public double? SuccessRate { get; init; }

    /// <summary>Collected so far in the payment's currency, minor units.</summary>
    [Id(1)] public long LifetimeValueMinor { get; init; }

    /// <summary>IANA name, such as <c>Europe/Berlin</c>; null: not known.</summary>
    [Id(2)] public string? TimeZone { get; init; }
    [Id(3)] public int Payments { get; init; }
}
