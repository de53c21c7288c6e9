using System.Collections.Concurrent;

namespace Recoup.Embedded.Temporal.Engine;

/// <summary>Calls that wait until a run's history grows.</summary>
internal sealed class HistoryWaiters
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource> waiting = [];

    /// <summary>Completes at the next change. Take it before you look at the state, so that no change is missed.</summary>
    public Task NextChange(long runKey) =>
        waiting.GetOrAdd(runKey, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Changed(long runKey)
    {
        if (waiting.TryRemove(runKey, out var source))
        {
            source.SetResult();
        }
    }
}
