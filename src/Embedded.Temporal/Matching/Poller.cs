namespace Recoup.Embedded.Temporal.Matching;

/// <summary>A worker's call that waits for a task.</summary>
internal sealed class Poller(TaskQueue queue, string identity, string instanceKey)
{
    private readonly TaskCompletionSource<Handed> handed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Identity => identity;

    public string InstanceKey => instanceKey;

    public TaskQueue Queue => queue;

    public Task<Handed> Handed => handed.Task;

    /// <summary>The call was cancelled or its time is over.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Gives it its answer. False: nobody waits any more, and the caller must take the task back.</summary>
    public bool Hand(Handed what)
    {
        if (IsGone)
        {
            handed.TrySetResult(default);
            return false;
        }

        return handed.TrySetResult(what);
    }

    public void Leave()
    {
        IsGone = true;
        queue.Remove(this);
    }

    /// <summary>Ends the call without a task.</summary>
    public void Dismiss() => handed.TrySetResult(default);
}

/// <summary>What a poller gets: a task with its answer ready, or a task that it has to start itself; nothing when its time was over.</summary>
internal readonly record struct Handed(IMessage? Answer, QueuedTask? Task);
