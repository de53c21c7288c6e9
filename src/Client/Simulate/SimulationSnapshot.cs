namespace Recoup.Client.Simulate;

/// <summary>A run at one moment.</summary>
internal sealed record SimulationSnapshot
{
    public required SimulationPlan Plan { get; init; }
    public required TimeSpan Elapsed { get; init; }

    /// <summary>When the last order was acknowledged; null before.</summary>
    public required TimeSpan? PlacedAfter { get; init; }

    /// <summary>When the last first attempt had its result; null before.</summary>
    public required TimeSpan? AttemptedAfter { get; init; }
    public required long Acknowledged { get; init; }
    public required long Repeated { get; init; }
    public required long Billed { get; init; }
    public required long Subscribed { get; init; }
    public required long Retries { get; init; }
    public required TimeSpan? P50 { get; init; }
    public required TimeSpan? P99 { get; init; }
    public required TimeSpan Max { get; init; }

    /// <summary>Charges at Stripe and Square of whose payment no webhook has told yet.</summary>
    public required int Unheard { get; init; }
    public required PaymentTally Tally { get; init; }

    public long Placed => Acknowledged + Billed;

    /// <summary>Orders acknowledged a second, while they were placed.</summary>
    public double PlacedPerSecond => PerSecond(Placed, PlacedAfter);

    /// <summary>First attempts with a result a second.</summary>
    public double AttemptedPerSecond => PerSecond(Tally.Payments - Tally[PaymentResult.Open], AttemptedAfter);

    private double PerSecond(long count, TimeSpan? after) => count / Math.Max((after ?? Elapsed).TotalSeconds, 0.001);
}
