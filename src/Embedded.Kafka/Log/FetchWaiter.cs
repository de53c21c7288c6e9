namespace Recoup.Embedded.Kafka.Log;

/// <summary>A fetch that waits for records in any of its partitions.</summary>
internal sealed class FetchWaiter
{
    private readonly TaskCompletionSource<bool> woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsOver => woken.Task.IsCompleted;

    public void Wake() => woken.TrySetResult(true);

    /// <summary>True when records came, false when the time was over or the wait cancelled.</summary>
    public async Task<bool> WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken cancelled)
    {
        await using var timer = clock.CreateTimer(static source => ((TaskCompletionSource<bool>)source!).TrySetResult(false), woken, longest, Timeout.InfiniteTimeSpan);
        await using var stop = cancelled.Register(static source => ((TaskCompletionSource<bool>)source!).TrySetResult(false), woken);
        return await woken.Task;
    }
}
