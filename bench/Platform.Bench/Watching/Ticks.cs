namespace Recoup.Platform.Bench.Watching;

internal static class Ticks
{
    /// <summary>Does something at each tick until it is told to stop; a tick that comes while it is at it is skipped.</summary>
    public static async Task EachAsync(TimeSpan interval, Func<Task> act, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await act();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped, as it was told.
        }
    }
}
