namespace Recoup.Pipeline.Monitors;

/// <summary>How far one hour lies from the hours before it, in their standard deviations. Statistics are rates, not money: floating point is right here.</summary>
internal static class Deviation
{
    /// <summary>Fewer hours say nothing of what is usual.</summary>
    public const int HoursMin = 24;

    /// <returns>Null where there is no distribution to compare with: too few hours.</returns>
    public static double? Of(double value, IReadOnlyList<double> before)
    {
        if (before.Count < HoursMin)
        {
            return null;
        }

        var mean = before.Average();
        var deviation = Math.Sqrt(before.Sum(one => (one - mean) * (one - mean)) / (before.Count - 1));

        // Counts that never moved have no deviation; one event more is then no alarm, so the scale is at least a Poisson count's.
        return (value - mean) / Math.Max(deviation, Math.Sqrt(Math.Max(Math.Abs(mean), 1)));
    }
}
