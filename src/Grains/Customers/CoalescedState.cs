namespace Recoup.Customers;

/// <summary>
/// Changes a grain's state with one write for all changes that come in while another write is under way. Invariant of the reentrant grain that uses it:
/// changes are pure and made in one step, readers see <see cref="Saved"/> only, and a change is answered when a write that holds it has succeeded.
/// A failed write undoes every change that was not saved, and says so to each of their callers.
/// </summary>
internal sealed class CoalescedState<T>(IPersistentState<T> store)
    where T : class
{
    private T latest = store.State;
    private TaskCompletionSource? waiting;
    private Task writing = Task.CompletedTask;
    private TaskCompletionSource? written;

    /// <summary>What is on disk.</summary>
    public T Saved { get; private set; } = store.State;

    /// <summary>Completes when the change is on disk. One without effect (the same instance comes back) waits for what it repeats, and writes nothing.</summary>
    public Task ChangeAsync(Func<T, T> change)
    {
        var next = change(latest);
        if (ReferenceEquals(next, latest))
        {
            return waiting?.Task ?? written?.Task ?? Task.CompletedTask;
        }

        latest = next;
        waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var task = waiting.Task;
        if (writing.IsCompleted)
        {
            writing = WriteAsync();
        }

        return task;
    }

    private async Task WriteAsync()
    {
        while (waiting is not null)
        {
            (written, waiting) = (waiting, null);
            var snapshot = latest;
            store.State = snapshot;
            try
            {
                await store.WriteStateAsync();
            }
            catch (Exception e)
            {
                Undo(e);
                return;
            }

            Saved = snapshot;
            written.SetResult();
            written = null;
        }
    }

    private void Undo(Exception reason)
    {
        store.State = Saved;
        latest = Saved;
        written!.SetException(reason);
        waiting?.SetException(reason);
        (written, waiting) = (null, null);
    }
}
