using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;

namespace Recoup.Storage.Sqlite.Tests;

/// <summary>A storage on a file of its own, which can be closed and opened again.</summary>
internal sealed class StorageFixture : IDisposable
{
    private readonly DirectoryInfo? folder;
    private readonly ServiceProvider services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public StorageFixture()
        : this(Path.Combine(Directory.CreateTempSubdirectory("recoup-storage-").FullName, "grains.db"))
    {
        folder = Directory.GetParent(Options.Path);
    }

    /// <summary>On a file of somebody else, who deletes it.</summary>
    public StorageFixture(string path)
    {
        Options = new()
        {
            Path = path,
            GrainStorageSerializer = new JsonTextSerializer(JsonSerializerOptions.Web),
            AttentionOf = static state => (state as Note)?.AttentionAt,
        };
    }

    public SqliteGrainStorageOptions Options { get; }

    public FakeTimeProvider Clock { get; } = new(new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    public static GrainId GrainOf(string key) => GrainId.Create("note", key);

    public async Task<SqliteGrainStorage> OpenAsync()
    {
        var storage = new SqliteGrainStorage(
            "test", Options, services.GetRequiredService<IActivatorProvider>(), Clock, NullLogger<SqliteGrainStorage>.Instance);
        await storage.OpenAsync();
        return storage;
    }

    public void Dispose()
    {
        services.Dispose();
        folder?.Delete(recursive: true);
    }
}

public sealed class Note
{
    public string Text { get; set; } = "";
    public DateTimeOffset? AttentionAt { get; set; }
}

internal static class StorageCalls
{
    public static async Task<GrainState<Note>> ReadAsync(this SqliteGrainStorage storage, string key)
    {
        var state = new GrainState<Note>();
        await storage.ReadStateAsync("note", StorageFixture.GrainOf(key), state);
        return state;
    }

    public static async Task<GrainState<Note>> WriteAsync(this SqliteGrainStorage storage, string key, string text, DateTimeOffset? attentionAt = null)
    {
        var state = await storage.ReadAsync(key);
        state.State = new() { Text = text, AttentionAt = attentionAt };
        await storage.WriteStateAsync("note", StorageFixture.GrainOf(key), state);
        return state;
    }
}
