using Recoup.Payments.Bench.Load;

namespace Recoup.Platform.Bench.Watching;

/// <summary>Durations of one stage, in milliseconds.</summary>
internal sealed class Latencies
{
    private readonly Lock gate = new();
    private readonly List<double> milliseconds = [];

    public void Add(TimeSpan duration)
    {
        lock (gate)
        {
            milliseconds.Add(duration.TotalMilliseconds);
        }
    }

    public Spread ToSpread()
    {
        lock (gate)
        {
            double[] sorted = [.. milliseconds.Order()];
            return new Spread(sorted.Length, At(sorted, 0.5), At(sorted, 0.95), At(sorted, 0.99), At(sorted, 1));
        }
    }

    private static double? At(double[] sorted, double share) => sorted.Length == 0 ? null : Math.Round(sorted.Percentile(share), 2);
}

/// <summary>How durations are spread; null when there is none.</summary>
internal sealed record Spread(int Count, double? P50Milliseconds, double? P95Milliseconds, double? P99Milliseconds, double? MaxMilliseconds);
