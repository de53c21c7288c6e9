namespace Recoup.Pipeline;

/// <summary>What one monitor saw of one subject.</summary>
[GenerateSerializer, Immutable, Alias("recoup.monitor-reading")]
public sealed record Reading
{
    public const string WholeSubject = "all";

    /// <summary>The monitor, such as <c>quarantined_charges</c>.</summary>
    [Id(0)] public required string Monitor { get; init; }

    /// <summary>The table, topic or currency that was looked at; <see cref="WholeSubject"/> where there is one only.</summary>
    [Id(1)] public string Subject { get; init; } = WholeSubject;
    [Id(2)] public required Severity Severity { get; init; }

    /// <summary>Null when it could not be read.</summary>
    [Id(3)] public decimal? Value { get; init; }

    /// <summary>Null where the monitor reports and judges nothing.</summary>
    [Id(4)] public decimal? Threshold { get; init; }

    /// <summary>What the value counts: <c>records</c>, <c>ratio</c>, <c>seconds</c>, <c>minor_units</c>, ...</summary>
    [Id(5)] public required string Unit { get; init; }

    /// <summary>One sentence for whoever is woken by it.</summary>
    [Id(6)] public required string Summary { get; init; }

    /// <summary>SQL that shows more; null where SQL does not help.</summary>
    [Id(7)] public string? Query { get; init; }

    /// <summary>Monitor and subject: there is at most one open alert for it.</summary>
    public string Topic => $"{Monitor}/{Subject}";
}

/// <summary>How bad it is.</summary>
[GenerateSerializer, Alias("recoup.severity")]
public enum Severity
{
    Ok,

    /// <summary>It could not be read, which says nothing of what it would have shown.</summary>
    Unknown,

    /// <summary>Somebody should look in the morning.</summary>
    Warning,

    /// <summary>Somebody should look now.</summary>
    Critical,
}
