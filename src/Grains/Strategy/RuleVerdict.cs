namespace Recoup.Strategy;

/// <summary>What the rules make of one decline.</summary>
internal sealed record RuleVerdict
{
    public required DeclineClass Class { get; init; }

    /// <summary>The code that decided, for people: <c>visa 51 (category 2)</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>Such as <c>visa.category_1</c>, <c>mastercard.mac_24</c>.</summary>
    public required string RuleId { get; init; }

    /// <summary>The network's pack in force.</summary>
    public required RulePack Pack { get; init; }

    /// <summary>No attempt on this card before this time; null: the rules name none.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The network's advice code decided: what it asks for comes before what the failure would suggest.</summary>
    public bool IsNetworkAdvice { get; init; }

    /// <summary>No card of the customer may be charged for this agreement without the customer.</summary>
    public bool StopsAgreement { get; init; }

    /// <summary>The customer cancelled the payment: it is over.</summary>
    public bool CancelsPayment { get; init; }
}
