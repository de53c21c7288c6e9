using System.Diagnostics;

namespace Recoup.Platform.Bench.Load;

/// <summary>Asks again and again how much is due; what is late is made up for at once, and never dropped.</summary>
internal static class OpenLoop
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <param name="duration">For how long.</param>
    /// <param name="send">Sends what is due after this time.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task RunAsync(TimeSpan duration, Action<TimeSpan> send, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Step);
        var started = Stopwatch.GetTimestamp();
        for (var elapsed = TimeSpan.Zero; elapsed < duration && await timer.WaitForNextTickAsync(cancellationToken); elapsed = Stopwatch.GetElapsedTime(started))
        {
            send(Stopwatch.GetElapsedTime(started));
        }
    }
}
