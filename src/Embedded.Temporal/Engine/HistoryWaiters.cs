using System.Collections.Concurrent;

namespace Recoup.Embedded.Temporal.Engine;

/// <summary>Calls that wait until a run's history grows, or until the run is closed.</summary>
internal sealed class HistoryWaiters
{
    private readonly ConcurrentDictionary<(long RunKey, bool Close), TaskCompletionSource> waiting = [];

    /// <summary>Completes at the next change, or with the close. Take it before you look at the state, so that nothing is missed.</summary>
    public Task Next(long runKey, bool closeOnly) =>
        waiting.GetOrAdd((runKey, closeOnly), static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Changed(long runKey, bool isClosed)
    {
        Wake((runKey, false));
        if (isClosed)
        {
            Wake((runKey, true));
        }
    }

    private void Wake((long RunKey, bool Close) key)
    {
        if (waiting.TryRemove(key, out var source))
        {
            source.SetResult();
        }
    }
}
