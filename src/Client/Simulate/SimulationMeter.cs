namespace Recoup.Client.Simulate;

/// <summary>Counts what the run did so far; read while it runs.</summary>
internal sealed class SimulationMeter
{
    private long acknowledged;
    private long repeated;
    private long billed;
    private long subscribed;
    private long retries;

    /// <summary>From sending an order to its acknowledgement, retries included.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>Payments that a silo said are on disk.</summary>
    public long Acknowledged => Interlocked.Read(ref acknowledged);

    /// <summary>Of these, the ones that an earlier run had submitted.</summary>
    public long Repeated => Interlocked.Read(ref repeated);

    /// <summary>Charges made at Stripe or Square.</summary>
    public long Billed => Interlocked.Read(ref billed);
    public long Subscribed => Interlocked.Read(ref subscribed);

    /// <summary>Calls that failed and were made again.</summary>
    public long Retries => Interlocked.Read(ref retries);

    public long Placed => Acknowledged + Billed;

    public void CountAcknowledged(TimeSpan latency, bool isRepeated)
    {
        Latency.Record(latency);
        Interlocked.Increment(ref acknowledged);
        if (isRepeated)
        {
            Interlocked.Increment(ref repeated);
        }
    }

    public void CountBilled() => Interlocked.Increment(ref billed);

    public void CountSubscribed() => Interlocked.Increment(ref subscribed);

    public void CountRetry() => Interlocked.Increment(ref retries);
}
