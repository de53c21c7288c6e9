using System.Collections.Concurrent;
using System.Text.Json;
using Orleans.Storage;
using Recoup.Attention;

namespace Recoup.Grains.Tests.Webhooks;

/// <summary>
/// Grain storage as JSON in memory that fails on request: from the n-th write on nothing is written until it is revived, as if the process had ended.
/// </summary>
internal sealed class FlakyStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string Name, GrainId Id), string> rows = new();
    private readonly Lock gate = new();
    private long writesLeft = long.MaxValue;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly ConcurrentDictionary<GrainId, bool> attention = new();

    public IEnumerable<T> All<T>(string stateName) =>
        rows.Where(row => row.Key.Name == stateName).Select(row => JsonSerializer.Deserialize<T>(row.Value, RecoupJson.Options)!);

    public void FailAfter(long writes) => Interlocked.Exchange(ref writesLeft, writes);

    public void Revive() => Interlocked.Exchange(ref writesLeft, long.MaxValue);

    public GrainId[] AttentionDue() => [.. attention.Where(row => row.Value).Select(row => row.Key)];

    /// <summary>Asks again after every write until the answer is yes.</summary>
    public async Task UntilAsync(Func<Task<bool>> isDone, TimeSpan patience)
    {
        using var timeout = new CancellationTokenSource(patience);
        while (true)
        {
            Task next;
            lock (gate)
            {
                next = changed.Task;
            }

            if (await isDone())
            {
                return;
            }

            await next.WaitAsync(timeout.Token);
        }
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (rows.TryGetValue((stateName, grainId), out var json))
        {
            grainState.State = JsonSerializer.Deserialize<T>(json, RecoupJson.Options)!;
            grainState.RecordExists = true;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (Interlocked.Decrement(ref writesLeft) < 0)
        {
            throw new IOException("The storage is gone.");
        }

        rows[(stateName, grainId)] = JsonSerializer.Serialize(grainState.State, RecoupJson.Options);
        attention[grainId] = grainState.State is IHasAttention { AttentionAt: not null };
        grainState.RecordExists = true;
        lock (gate)
        {
            changed.SetResult();
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();
}
