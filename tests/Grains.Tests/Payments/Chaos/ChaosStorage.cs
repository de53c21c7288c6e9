using System.Collections.Concurrent;
using System.Text.Json;
using Orleans.Storage;

namespace Recoup.Grains.Tests.Payments.Chaos;

/// <summary>Storage in memory whose writes may fail before they are done, or be done with the answer lost.</summary>
internal sealed class ChaosStorage(Mischief mischief) : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (string Json, int Version)> rows = new();

    public IEnumerable<T> All<T>() => rows.Where(row => row.Key.StartsWith(typeof(T).Name, StringComparison.Ordinal))
        .Select(row => JsonSerializer.Deserialize<T>(row.Value.Json, RecoupJson.Options)!);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = rows.TryGetValue(Key<T>(grainId), out var row);
        grainState.State = grainState.RecordExists ? JsonSerializer.Deserialize<T>(row.Json, RecoupJson.Options)! : Activator.CreateInstance<T>();
        grainState.ETag = grainState.RecordExists ? Text(row.Version) : null;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        mischief.MayThrow("a write failed");
        var json = JsonSerializer.Serialize(grainState.State, RecoupJson.Options);
        var written = rows.AddOrUpdate(
            Key<T>(grainId),
            _ => grainState.ETag is null ? (json, 1) : throw new InconsistentStateException("gone"),
            (_, row) => grainState.ETag == Text(row.Version) ? (json, row.Version + 1) : throw new InconsistentStateException("stale"));
        mischief.MayThrow("a write's answer was lost");
        grainState.ETag = Text(written.Item2);
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException("Nothing clears state.");

    private static string Key<T>(GrainId grainId) => $"{typeof(T).Name}/{grainId}";

    private static string Text(int version) => version.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
