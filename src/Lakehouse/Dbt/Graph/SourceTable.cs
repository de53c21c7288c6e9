namespace Recoup.Lakehouse.Dbt.Graph;

/// <summary>What a source has that other nodes have not.</summary>
internal sealed record SourceTable(string SourceName, string SourceDescription, string Loader, Freshness Freshness)
{
    public string? LoadedAtField { get; init; }

    public string? LoadedAtQuery { get; init; }
}

/// <summary>How old the newest row of a source may be.</summary>
internal sealed record Freshness(FreshnessLimit? WarnAfter, FreshnessLimit? ErrorAfter, string? Filter)
{
    public static Freshness None { get; } = new(null, null, null);

    public bool IsSet => WarnAfter is not null || ErrorAfter is not null;
}

/// <summary>An age, in dbt's periods.</summary>
/// <param name="Period"><c>minute</c>, <c>hour</c> or <c>day</c>.</param>
internal sealed record FreshnessLimit(long Count, string Period)
{
    public TimeSpan Age => Period switch
    {
        "minute" => TimeSpan.FromMinutes(Count),
        "hour" => TimeSpan.FromHours(Count),
        _ => TimeSpan.FromDays(Count),
    };
}
