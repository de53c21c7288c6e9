namespace Recoup.Client.Simulate;

/// <summary>
/// Latencies in buckets that grow by 2 %, so that a percentile is right to 2 % whatever its size, in constant memory. Recording takes one atomic increment.
/// </summary>
internal sealed class LatencyHistogram
{
    private const double Growth = 1.02;
    private const double SmallestMilliseconds = 0.01;

    // 0.01 ms to over 10 minutes.
    private const int Buckets = 920;

    private static readonly double LogGrowth = Math.Log(Growth);

    private readonly long[] counts = new long[Buckets];
    private long count;
    private long maxTicks;

    public long Count => Interlocked.Read(ref count);

    public TimeSpan Max => new(Interlocked.Read(ref maxTicks));

    public void Record(TimeSpan latency)
    {
        Interlocked.Increment(ref counts[BucketOf(latency)]);
        Interlocked.Increment(ref count);
        for (var seen = Interlocked.Read(ref maxTicks); latency.Ticks > seen;)
        {
            seen = Interlocked.CompareExchange(ref maxTicks, latency.Ticks, seen);
        }
    }

    /// <summary>The latency that this share of the recorded ones did not exceed; null while there are none.</summary>
    /// <param name="share">0 to 1: 0.99 for p99.</param>
    public TimeSpan? Percentile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        var total = Count;
        if (total == 0)
        {
            return null;
        }

        var rank = Math.Max(1, (long)Math.Ceiling(share * total));
        long seen = 0;
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            seen += Interlocked.Read(ref counts[bucket]);
            if (seen >= rank)
            {
                var upper = TimeSpan.FromMilliseconds(SmallestMilliseconds * Math.Pow(Growth, bucket));
                return upper < Max ? upper : Max;
            }
        }

        return Max;
    }

    private static int BucketOf(TimeSpan latency)
    {
        var steps = Math.Ceiling(Math.Log(Math.Max(latency.TotalMilliseconds, SmallestMilliseconds) / SmallestMilliseconds) / LogGrowth);
        return (int)Math.Clamp(steps, 0, Buckets - 1);
    }
}
