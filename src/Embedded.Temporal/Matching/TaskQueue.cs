namespace Recoup.Embedded.Temporal.Matching;

/// <summary>Tasks that wait for workers, or workers that wait for tasks: never both.</summary>
internal sealed class TaskQueue(QueueKey key, TimeProvider clock)
{
    /// <summary>A worker that polled this recently will come again.</summary>
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Shown = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly LinkedList<Poller> waiting = [];
    private readonly Queue<(QueuedTask Task, DateTime At)> backlog = [];
    private readonly Dictionary<string, DateTime> seen = new(StringComparer.Ordinal);
    private DateTime lastPollAt;

    public QueueKey Key => key;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Takes the oldest task, or waits for one.</summary>
    public Poller Poll(string identity, string instanceKey)
    {
        var poller = new Poller(this, identity, instanceKey);
        lock (gate)
        {
            lastPollAt = Now;
            seen[identity] = lastPollAt;
            if (backlog.TryDequeue(out var oldest))
            {
                poller.Hand(new Handed(null, oldest.Task));
            }
            else
            {
                waiting.AddLast(poller);
            }
        }

        return poller;
    }

    /// <summary>A waiting worker for a task that is about to be saved as started; null when none waits.</summary>
    public Poller? TryReserve()
    {
        lock (gate)
        {
            if (waiting.First is not { } first)
            {
                return null;
            }

            waiting.RemoveFirst();
            return first.Value;
        }
    }

    /// <summary>A reserved worker whose task could not be saved waits on.</summary>
    public void Return(Poller poller)
    {
        lock (gate)
        {
            if (!poller.IsGone)
            {
                waiting.AddFirst(poller);
                return;
            }
        }

        poller.Dismiss();
    }

    public void Add(QueuedTask task)
    {
        lock (gate)
        {
            while (waiting.First is { } first)
            {
                waiting.RemoveFirst();
                if (first.Value.Hand(new Handed(null, task)))
                {
                    return;
                }
            }

            backlog.Enqueue((task, Now));
        }
    }

    public void Remove(Poller poller)
    {
        bool waited;
        lock (gate)
        {
            waited = waiting.Remove(poller);
        }

        if (waited)
        {
            poller.Dismiss();
        }
    }

    public bool WasPolledRecently()
    {
        lock (gate)
        {
            return waiting.Count > 0 || Now - lastPollAt < Recently;
        }
    }

    /// <summary>Its worker is going: calls that wait end, and the tasks are for others.</summary>
    public IReadOnlyList<QueuedTask> ShutDown()
    {
        lock (gate)
        {
            foreach (var poller in waiting)
            {
                poller.Dismiss();
            }

            waiting.Clear();
            lastPollAt = default;
            seen.Clear();
            var left = backlog.Select(entry => entry.Task).ToArray();
            backlog.Clear();
            return left;
        }
    }

    /// <summary>Ends the waiting calls of one worker.</summary>
    public void Dismiss(string instanceKey)
    {
        lock (gate)
        {
            foreach (var poller in waiting.Where(poller => poller.InstanceKey == instanceKey).ToArray())
            {
                waiting.Remove(poller);
                poller.Dismiss();
            }
        }
    }

    public (IReadOnlyList<(string Identity, DateTime At)> Pollers, int Backlog, TimeSpan Age) Describe()
    {
        lock (gate)
        {
            var now = Now;
            var pollers = seen.Where(each => now - each.Value < Shown).OrderByDescending(each => each.Value).Select(each => (each.Key, each.Value)).ToArray();
            return (pollers, backlog.Count, backlog.TryPeek(out var oldest) ? now - oldest.At : TimeSpan.Zero);
        }
    }
}
