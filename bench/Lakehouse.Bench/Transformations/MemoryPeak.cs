namespace Recoup.Lakehouse.Bench.Transformations;

/// <summary>The most resident memory of this process while it is watched, looked at every 20 ms: the system's own peak is of the whole life.</summary>
internal sealed class MemoryPeak : IDisposable
{
    private readonly Timer timer;
    private long peak = Environment.WorkingSet;

    public MemoryPeak() => timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));

    public double Mebibytes => peak / 1_048_576.0;

    public void Dispose() => timer.Dispose();

    private void Look() => peak = Math.Max(peak, Environment.WorkingSet);
}
