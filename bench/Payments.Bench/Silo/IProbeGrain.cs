namespace Recoup.Payments.Bench.Silo;

/// <summary>The smallest call that a silo can answer, and what the silo's process says of itself. It exists in the measured silo only.</summary>
[Alias("recoup.bench-probe")]
public interface IProbeGrain : IGrainWithIntegerKey
{
    [Alias("ping")]
    Task<int> PingAsync(int number);

    [Alias("usage")]
    Task<SiloUsage> GetUsageAsync();
}

/// <summary>Sums since the process started, but for the last.</summary>
[GenerateSerializer, Immutable, Alias("recoup.bench-usage")]
public sealed record SiloUsage
{
    [Id(0)] public required TimeSpan Cpu { get; init; }
    [Id(1)] public required long AllocatedBytes { get; init; }
    [Id(2)] public required TimeSpan GcPauses { get; init; }

    /// <summary>No sum: what the collector holds now, free space within it included.</summary>
    [Id(3)] public required long ManagedBytes { get; init; }
}
