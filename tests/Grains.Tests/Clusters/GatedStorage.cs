using System.Collections.Concurrent;
using System.Text.Json;
using Orleans.Storage;

namespace Recoup.Grains.Tests.Clusters;

/// <summary>Storage in memory through the JSON of the real one. It counts writes, and a test may hold them up or let them fail.</summary>
internal sealed class GatedStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (string Json, int Version)> rows = new();
    private TaskCompletionSource? gate;
    private int writes;

    public int Writes => writes;

    /// <summary>Writes begin and do not end until <see cref="Open"/>.</summary>
    public void Close() => gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open()
    {
        gate?.SetResult();
        gate = null;
    }

    /// <summary>So many of the next writes fail before anything is stored.</summary>
    public int Failures { get; set; }

    public T? Stored<T>(string key) => rows.TryGetValue($"{typeof(T).Name}/{key}", out var row) ? JsonSerializer.Deserialize<T>(row.Json, RecoupJson.Options) : default;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = rows.TryGetValue(Key<T>(grainId), out var row);
        grainState.State = grainState.RecordExists ? JsonSerializer.Deserialize<T>(row.Json, RecoupJson.Options)! : Activator.CreateInstance<T>();
        grainState.ETag = grainState.RecordExists ? $"{row.Version}" : null;
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Interlocked.Increment(ref writes);
        var json = JsonSerializer.Serialize(grainState.State, RecoupJson.Options);
        if (gate is { } closed)
        {
            await closed.Task;
        }

        if (Failures > 0)
        {
            Failures--;
            throw new IOException("the disk is full");
        }

        var (_, version) = rows.AddOrUpdate(Key<T>(grainId), _ => (json, 1), (_, row) => (json, row.Version + 1));
        grainState.ETag = $"{version}";
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException("Nothing clears state.");

    private static string Key<T>(GrainId grainId) => $"{typeof(T).Name}/{grainId.Key}";
}
