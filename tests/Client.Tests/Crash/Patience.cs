using System.Diagnostics;

namespace Recoup.Client.Tests.Crash;

/// <summary>Waits for what must come by itself, and says what did not.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static async Task UntilAsync(Func<bool> isSo, string what, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        using var rounds = new PeriodicTimer(Interval);
        while (!isSo())
        {
            Assert.IsLessThan(Limit, Stopwatch.GetElapsedTime(began), $"waited {Limit} in vain: {what}");
            await rounds.WaitForNextTickAsync(stop);
        }
    }
}
