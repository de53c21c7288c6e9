using System.Collections.Concurrent;

namespace Recoup.Storage.Sqlite.Engine;

/// <summary>The open file: one commit loop, and as many readers as threads have read at once.</summary>
internal sealed class GrainRows : IDisposable
{
    private readonly SqliteGrainStorageOptions options;
    private readonly Database writer;
    private readonly LogCopier log;
    private readonly CommitLoop commits;
    private readonly StorageMeter meter = new();
    private readonly ConcurrentBag<RowReader> idleReaders = [];

    private GrainRows(SqliteGrainStorageOptions options, Database writer)
    {
        this.options = options;
        this.writer = writer;
        log = new LogCopier(options.Path, writer);
        commits = new CommitLoop(writer, log, options.BatchMax, meter);
    }

    /// <summary>Why nothing is written any more; null while all is well.</summary>
    public Exception? Fault => commits.Fault;

    /// <exception cref="SqliteStorageException">The file is damaged, of another kind, or cannot be written.</exception>
    public static GrainRows Open(SqliteGrainStorageOptions options) => new(options, Database.OpenWriter(options));

    /// <summary>Completes once the write is on disk, or was found stale.</summary>
    public Task<WriteOutcome> WriteAsync(PendingWrite write)
    {
        if (write.Payload is { Length: var length } && length > options.PayloadBytesMax)
        {
            throw new SqliteStorageException($"The state {write.Key} has {length} bytes, more than the {options.PayloadBytesMax} that are allowed.");
        }

        return commits.Enqueue(write);
    }

    public (long Version, byte[] Payload)? Read(RowKey key) => WithReader(reader => reader.Read(key));

    public IReadOnlyList<DueGrain> FindDue(DateTimeOffset until, int limit, DueGrain? after) =>
        WithReader(reader => reader.FindDue(until, limit, after));

    public void Dispose()
    {
        commits.Dispose();
        log.Dispose();
        while (idleReaders.TryTake(out var reader))
        {
            reader.Dispose();
        }

        // The last connection to close copies the log into the file and removes it.
        writer.Dispose();
        meter.Dispose();
    }

    private TResult WithReader<TResult>(Func<RowReader, TResult> read)
    {
        if (!idleReaders.TryTake(out var reader))
        {
            reader = new RowReader(options.Path);
        }

        try
        {
            var result = read(reader);
            idleReaders.Add(reader);
            return result;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }
}
