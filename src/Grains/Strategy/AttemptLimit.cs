using System.Text.Json.Serialization;

namespace Recoup.Strategy;

/// <summary>A network's ceiling on attempts of one card at one merchant within a rolling window.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AttemptLimit
{
    /// <summary>Such as <c>visa.reattempts_30d</c>.</summary>
    public required string RuleId { get; init; }
    public required LimitCount Counts { get; init; }

    /// <summary>So many are allowed within the window; the next one is not.</summary>
    public required int Maximum { get; init; }
    public required int WindowHours { get; init; }

    /// <summary>Customer-initiated and merchant-initiated attempts are counted apart.</summary>
    public required bool InitiatorsApart { get; init; }

    /// <summary>Only attempts of the same amount and currency count together.</summary>
    public required bool SameAmount { get; init; }

    [JsonIgnore]
    public TimeSpan Window => TimeSpan.FromHours(WindowHours);
}

/// <summary>What a limit counts.</summary>
public enum LimitCount
{
    /// <summary>Attempts that follow a decline. The declined original is none.</summary>
    Reattempts,

    /// <summary>Declines, whatever came between.</summary>
    Declines,

    /// <summary>Declines since the last success.</summary>
    ConsecutiveDeclines,
}
