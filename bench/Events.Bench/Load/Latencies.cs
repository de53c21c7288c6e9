using System.Diagnostics;

namespace Recoup.Events.Bench.Load;

/// <summary>Latencies of one run in ticks of the monotonic clock, sorted.</summary>
internal sealed class Latencies(IEnumerable<long> ticks)
{
    private readonly long[] sorted = [.. ticks.Order()];

    public int Count => sorted.Length;

    public double P50Milliseconds => Percentile(0.5);

    public double P99Milliseconds => Percentile(0.99);

    private double Percentile(double share) => sorted.Length == 0
        ? double.NaN
        : sorted[(int)((sorted.Length - 1) * share)] * 1_000.0 / Stopwatch.Frequency;
}
