namespace Recoup.Payments.Bench;

/// <summary>What is measured, and for how long.</summary>
internal sealed record BenchPlan
{
    public const int PingClients = 64;
    public const int StorageWriters = 64;

    /// <summary>As many as the opponent is known with.</summary>
    public const int PostgresClients = 16;

    /// <summary>Wall time of each measurement.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Wall time of payments before the first measurement: the runtime compiles the hot path again, faster, while it runs.</summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>Concurrency levels of the payments.</summary>
    public required IReadOnlyList<int> Clients { get; init; }
    public required int Customers { get; init; }

    /// <summary>Payments that are declined at first and recovered.</summary>
    public required int Recoveries { get; init; }
    public required IReadOnlySet<BenchPart> Parts { get; init; }

    public bool Has(BenchPart part) => Parts.Contains(part);
}

internal enum BenchPart
{
    Storage,
    Ping,
    Payments,
    Recoveries,
    Postgres,
}
