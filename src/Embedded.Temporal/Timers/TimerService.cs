namespace Recoup.Embedded.Temporal.Timers;

/// <summary>
/// One clock for all runs: each run has at most one time at which it next has something to do. Only that time is kept here
/// (the run's state is in the store and tells it again after a restart), so a waiting run costs some tens of bytes.
/// </summary>
internal sealed class TimerService : IAsyncDisposable
{
    /// <summary>So many runs are woken at once; the store saves them together.</summary>
    private const int ConcurrentMax = 256;

    /// <summary>System timers do not wait longer than some weeks.</summary>
    private static readonly TimeSpan SleepMax = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly Dictionary<long, Entry> entries = [];
    private readonly PriorityQueue<long, long> queue = new();
    private readonly SemaphoreSlim changed = new(0);
    private readonly ITimer alarm;
    private readonly SemaphoreSlim room = new(ConcurrentMax);
    private readonly CancellationTokenSource stop = new();
    private readonly TimeProvider clock;
    private readonly TimeSpan floor;
    private readonly Func<long, Task> wake;
    private Task loop = Task.CompletedTask;

    /// <param name="floor">Nothing comes sooner than this after it was set.</param>
    /// <param name="wake">Called with the run's key when its time has come; it must not throw.</param>
    public TimerService(TimeProvider clock, TimeSpan floor, Func<long, Task> wake)
    {
        this.clock = clock;
        this.floor = floor;
        this.wake = wake;
        alarm = clock.CreateTimer(_ => changed.Release(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count
    {
        get
        {
            lock (gate)
            {
                return entries.Count;
            }
        }
    }

    public void Start() => loop = Task.Run(RunAsync);

    /// <summary>Replaces the time of a run; null takes it away.</summary>
    public void Set(long runKey, DateTime? dueAt)
    {
        lock (gate)
        {
            if (dueAt is not { } wanted)
            {
                entries.Remove(runKey);
                return;
            }

            var isKnown = entries.TryGetValue(runKey, out var known);
            var at = AtLeastFloor(wanted, isKnown ? known : null);

            // An entry of the queue that is too early is put right when it comes up: time-outs mostly move later.
            var queuedAt = isKnown ? known.QueuedAt : long.MaxValue;
            if (at < queuedAt)
            {
                queue.Enqueue(runKey, at);
                queuedAt = at;
                if (queue.TryPeek(out _, out var first) && first == at)
                {
                    changed.Release();
                }
            }

            entries[runKey] = new Entry(at, queuedAt);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        for (var taken = 0; taken < ConcurrentMax; taken++)
        {
            await room.WaitAsync();
        }

        await alarm.DisposeAsync();
        stop.Dispose();
        changed.Dispose();
        room.Dispose();
    }

    /// <summary>The time wanted, or the floor after now; a time that already stands and is late enough is not put off again.</summary>
    private long AtLeastFloor(DateTime wanted, Entry? known)
    {
        if (floor == TimeSpan.Zero)
        {
            return wanted.Ticks;
        }

        var at = Math.Max(wanted.Ticks, (clock.GetUtcNow() + floor).UtcTicks);
        return known is { } standing && standing.DueAt >= wanted.Ticks ? Math.Min(at, standing.DueAt) : at;
    }

    private async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var (due, sleep) = TakeDue();
                foreach (var runKey in due)
                {
                    await room.WaitAsync(stop.Token);
                    _ = WakeAsync(runKey);
                }

                alarm.Change(sleep, Timeout.InfiniteTimeSpan);
                await changed.WaitAsync(stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private (List<long> Due, TimeSpan Sleep) TakeDue()
    {
        var due = new List<long>();
        lock (gate)
        {
            var now = clock.GetUtcNow().UtcTicks;
            while (queue.TryPeek(out var runKey, out var at))
            {
                if (at > now)
                {
                    return (due, TimeSpan.FromTicks(Math.Min(at - now + TimeSpan.TicksPerMillisecond, SleepMax.Ticks)));
                }

                queue.Dequeue();
                if (!entries.TryGetValue(runKey, out var entry) || entry.QueuedAt != at)
                {
                    continue; // Taken away, or queued again for another time.
                }

                if (entry.DueAt > now)
                {
                    queue.Enqueue(runKey, entry.DueAt);
                    entries[runKey] = entry with { QueuedAt = entry.DueAt };
                    continue;
                }

                entries.Remove(runKey);
                due.Add(runKey);
            }
        }

        return (due, SleepMax);
    }

    private async Task WakeAsync(long runKey)
    {
        try
        {
            await wake(runKey);
        }
        finally
        {
            room.Release();
        }
    }

    /// <param name="DueAt">The time that counts, in ticks.</param>
    /// <param name="QueuedAt">The time under which it stands in the queue; not later.</param>
    private readonly record struct Entry(long DueAt, long QueuedAt);
}
