using System.Globalization;

namespace Recoup.Client.Demo;

/// <summary>Wall seconds from the event that ends a payment, in the log, to gold's row of it with its outcome, as a reader saw it.</summary>
/// <param name="Payments">Payments that were seen; the seconds are theirs.</param>
/// <param name="Unseen">Payments that have ended and were not seen.</param>
/// <param name="P50Seconds">Half of them waited no longer; null when none was seen.</param>
/// <param name="P95Seconds">All but one of twenty.</param>
/// <param name="MaxSeconds">The longest.</param>
internal sealed record GoldDelay(int Payments, int Unseen, double? P50Seconds, double? P95Seconds, double? MaxSeconds)
{
    public static GoldDelay Of(IEnumerable<KeyValuePair<string, DateTimeOffset>> endedAt, IReadOnlyDictionary<string, DateTimeOffset> seenAt)
    {
        var (waits, unseen) = (new List<double>(), 0);
        foreach (var (payment, end) in endedAt)
        {
            if (seenAt.TryGetValue(payment, out var seen))
            {
                waits.Add((seen - end).TotalSeconds);
            }
            else
            {
                unseen++;
            }
        }

        waits.Sort();
        return new GoldDelay(waits.Count, unseen, Percentile(waits, 0.5), Percentile(waits, 0.95), Percentile(waits, 1));
    }

    public override string ToString() => Payments == 0
        ? "No payment's end was seen in gold."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"From a payment's end to its row in gold: p50 {P50Seconds:0.0} s, p95 {P95Seconds:0.0} s ({Payments:N0} payments{(Unseen > 0 ? $", {Unseen:N0} not seen" : "")}).");

    /// <summary>The smallest wait that this share of them did not exceed.</summary>
    private static double? Percentile(List<double> sorted, double share) =>
        sorted.Count == 0 ? null : Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)], 2);
}
