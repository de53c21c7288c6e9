using System.Globalization;

namespace Recoup.Platform.Bench;

/// <summary>What comes in, and for how long it is measured.</summary>
internal sealed record BenchPlan
{
    /// <summary>Two weeks, a recovery's longest way, take 101 s.</summary>
    public const double ClockScale = 12_000;

    /// <summary>Every five business days: 36 s of wall time.</summary>
    public const string PipelineCron = "0 0 0 1,6,11,16,21,26 * ?";

    /// <summary>Business time never passes the wall clock, so it begins behind it by what the run, its catching up included, can take.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromMinutes(15);

    /// <summary>Real payments, 0 for none.</summary>
    public required double PaymentsPerSecond { get; init; }

    /// <summary>Records of all topics, Recoup's own included.</summary>
    public required double EventsPerSecond { get; init; }

    /// <summary>Bad records, a share of those that fill up.</summary>
    public required double BadRecords { get; init; }

    /// <summary>Load before the measurement: the runtime compiles the hot path again while it runs.</summary>
    public required TimeSpan WarmUp { get; init; }
    public required TimeSpan Duration { get; init; }

    /// <summary>False: no transformations and no monitors meanwhile, to see what they cost.</summary>
    public required bool HasPipeline { get; init; }

    public TimeSpan Total => WarmUp + Duration;

    public int Payments => (int)Math.Ceiling(PaymentsPerSecond * Total.TotalSeconds);

    public string ClockStartsBefore => ((Total + Reserve) * ClockScale).ToString("c", CultureInfo.InvariantCulture);
}
