using System.Collections.Concurrent;

namespace Recoup.Embedded.Temporal.Matching;

/// <summary>All task queues. A queue comes into being when it is first named.</summary>
internal sealed class TaskQueues(TimeProvider clock)
{
    private readonly ConcurrentDictionary<QueueKey, TaskQueue> queues = [];

    public TaskQueue this[QueueKey key] => queues.GetOrAdd(key, static (named, time) => new TaskQueue(named, time), clock);

    public TaskQueue? Find(QueueKey key) => queues.GetValueOrDefault(key);

    /// <summary>Waits for a task until <paramref name="wait"/> is over or the caller goes away.</summary>
    public async Task<(Handed Handed, Poller Poller)> PollAsync(QueueKey key, string identity, string instanceKey, TimeSpan wait, CancellationToken cancelled)
    {
        var poller = this[key].Poll(identity, instanceKey);
        if (poller.Handed.IsCompleted)
        {
            return (await poller.Handed, poller);
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        over.CancelAfter(wait);
        await using var registration = over.Token.Register(static state => ((Poller)state!).Leave(), poller);
        return (await poller.Handed, poller);
    }

    public void Dismiss(string instanceKey)
    {
        foreach (var queue in queues.Values)
        {
            queue.Dismiss(instanceKey);
        }
    }
}
