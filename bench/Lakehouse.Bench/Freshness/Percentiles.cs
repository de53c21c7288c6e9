namespace Recoup.Lakehouse.Bench.Freshness;

/// <summary>Durations, and how they are spread.</summary>
internal sealed class Percentiles
{
    private readonly List<double> milliseconds = [];

    public int Count => milliseconds.Count;

    public void Add(TimeSpan duration) => milliseconds.Add(duration.TotalMilliseconds);

    public double Of(double share)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[(int)((sorted.Length - 1) * share)];
    }
}
