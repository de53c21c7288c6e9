using System.Diagnostics;

namespace Recoup.Payments.Bench.Load;

/// <summary>Callers that each make one call after the other for as long as it lasts.</summary>
internal static class ClosedLoop
{
    /// <param name="callers">How many at once.</param>
    /// <param name="duration">When no new call is made any more.</param>
    /// <param name="call">Gets the caller's number; false ends this caller early.</param>
    /// <returns>Latencies of all calls in milliseconds, sorted, and the time until the last answer.</returns>
    public static async Task<(double[] Milliseconds, TimeSpan Elapsed)> RunAsync(int callers, TimeSpan duration, Func<int, Task<bool>> call)
    {
        var started = Stopwatch.GetTimestamp();
        var each = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller, started, duration, call))));
        var elapsed = Stopwatch.GetElapsedTime(started);
        return ([.. each.SelectMany(static own => own).Order()], elapsed);
    }

    public static double Percentile(this double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[(int)((sorted.Length - 1) * share)];

    private static async Task<List<double>> CallAsync(int caller, long started, TimeSpan duration, Func<int, Task<bool>> call)
    {
        var latencies = new List<double>(4096);
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            var before = Stopwatch.GetTimestamp();
            if (!await call(caller))
            {
                break;
            }

            latencies.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        return latencies;
    }
}
