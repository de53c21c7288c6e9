using System.Globalization;
using Microsoft.Extensions.Logging;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using Recoup.Storage.Sqlite.Engine;

namespace Recoup.Storage.Sqlite;

/// <summary>
/// Keeps grain state in one SQLite file. A write is acknowledged when it is on disk, together with all that waited at the same time; the etag is the
/// row's version, and a stale write fails alone.
/// </summary>
public sealed partial class SqliteGrainStorage : IGrainStorage, IDueGrains, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly string name;
    private readonly SqliteGrainStorageOptions options;
    private readonly IActivatorProvider activators;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private GrainRows? rows;

    public SqliteGrainStorage(
        string name, SqliteGrainStorageOptions options, IActivatorProvider activators, TimeProvider clock, ILogger<SqliteGrainStorage> logger)
    {
        this.name = name;
        this.options = options;
        this.activators = activators;
        this.clock = clock;
        this.logger = logger;
    }

    /// <summary>Whether the file is open and writes are taken.</summary>
    public bool IsReady => rows is { Fault: null };

    /// <summary>Why nothing is written any more, for a health check; null while all is well.</summary>
    public Exception? Fault => rows?.Fault;

    private GrainRows Rows => rows ?? throw new SqliteStorageException($"The storage '{name}' is not open: the silo has not started, or has stopped.");

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = RowKey.Of(stateName, grainId);
        if (Rows.Read(key) is not { } row)
        {
            Forget(grainState);
            return Task.CompletedTask;
        }

        grainState.State = Deserialize<T>(key, row.Payload)!;
        grainState.ETag = ToETag(row.Version);
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // The text is made before the first await: the grain may change its state while this write is on its way.
        var payload = options.GrainStorageSerializer.Serialize(grainState.State).ToMemory();
        var attentionAt = grainState.State is { } state ? options.AttentionOf(state)?.ToUnixTimeMilliseconds() : null;
        var version = await CommitAsync(stateName, grainId, grainState.ETag, payload, attentionAt);
        grainState.ETag = ToETag(version);
        grainState.RecordExists = true;
    }

    /// <summary>Deletes the row. The state is then as if it had never been written.</summary>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await CommitAsync(stateName, grainId, grainState.ETag, payload: null, attentionAt: null);
        Forget(grainState);
    }

    public Task<IReadOnlyList<DueGrain>> FindDueAsync(DateTimeOffset until, int limit, DueGrain? after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Rows.FindDue(until, limit, after));
    }

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        $"{nameof(SqliteGrainStorage)}-{name}",
        ServiceLifecycleStage.ApplicationServices,
        _ => OpenAsync(),
        _ => CloseAsync());

    public void Dispose() => Interlocked.Exchange(ref rows, null)?.Dispose();

    /// <summary>Opens the file. The silo does this at its start; whoever wants to hear first what is wrong with the file may do it earlier.</summary>
    /// <exception cref="SqliteStorageException">The file is damaged, of another kind, or cannot be written.</exception>
    public Task OpenAsync()
    {
        if (rows is null)
        {
            rows = GrainRows.Open(options);
            LogOpened(name, options.Path, options.Durability);
        }

        return Task.CompletedTask;
    }

    private Task CloseAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    private async Task<long> CommitAsync(string stateName, GrainId grainId, string? etag, ReadOnlyMemory<byte>? payload, long? attentionAt)
    {
        var write = new PendingWrite
        {
            Key = RowKey.Of(stateName, grainId),
            Version = ToVersion(etag),
            Payload = payload,
            AttentionAt = attentionAt,
            UpdatedAt = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        var outcome = await Rows.WriteAsync(write);
        return outcome.IsStale
            ? throw new InconsistentStateException($"The {write.Key} was written by somebody else meanwhile.", ToETag(outcome.Version), etag)
            : outcome.Version;
    }

    private T? Deserialize<T>(RowKey key, byte[] payload)
    {
        try
        {
            return options.GrainStorageSerializer.Deserialize<T>(BinaryData.FromBytes(payload));
        }
        catch (Exception exception)
        {
            throw new SqliteStorageException($"The {key} cannot be read as {typeof(T).Name}; its row is left as it is.", exception)
            {
                Failure = SqliteStorageFailure.Damaged,
            };
        }
    }

    private void Forget<T>(IGrainState<T> grainState)
    {
        grainState.State = activators.GetActivator<T>().Create();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private static string? ToETag(long version) => version == 0 ? null : version.ToString(CultureInfo.InvariantCulture);

    private static long? ToVersion(string? etag) => string.IsNullOrEmpty(etag) ? null : long.Parse(etag, CultureInfo.InvariantCulture);

    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "Storage {Name} opened {Path}; an acknowledged write survives {Durability}")]
    private partial void LogOpened(string name, string path, WriteDurability durability);
}
