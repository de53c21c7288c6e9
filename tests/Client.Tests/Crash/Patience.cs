using System.Diagnostics;

namespace Recoup.Client.Tests.Crash;

/// <summary>Waits for what must come by itself, and says what did not.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static Task UntilAsync(Func<bool> isSo, string what, CancellationToken stop) => UntilAsync(isSo, () => what, Limit, Interval, stop);

    /// <param name="isSo">Asked at each interval.</param>
    /// <param name="missing">What has not come, told when the time is over.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="interval">Longer where asking costs something.</param>
    /// <param name="stop">Ends the wait.</param>
    public static async Task UntilAsync(Func<bool> isSo, Func<string> missing, TimeSpan limit, TimeSpan interval, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        using var rounds = new PeriodicTimer(interval);
        while (!isSo())
        {
            if (Stopwatch.GetElapsedTime(began) > limit)
            {
                Assert.Fail($"waited {limit} in vain: {missing()}");
            }

            await rounds.WaitForNextTickAsync(stop);
        }
    }
}
