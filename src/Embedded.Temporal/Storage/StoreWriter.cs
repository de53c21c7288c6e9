using Microsoft.Data.Sqlite;

namespace Recoup.Embedded.Temporal.Storage;

/// <summary>
/// The one writer. Changes that wait while a commit runs go into the next one together, so that many runs share one write
/// to the disk; each caller hears of its change only after that.
/// </summary>
internal sealed class StoreWriter : IAsyncDisposable
{
    private const int BatchMax = 1_024;
    private readonly object gate = new();
    private List<Pending> waiting = [];
    private bool stops;
    private readonly SqliteConnection connection;
    private readonly Thread thread;
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunStatements statements;

    public StoreWriter(SqliteConnection connection)
    {
        this.connection = connection;
        statements = new RunStatements(connection);
        thread = new Thread(Run) { IsBackground = true, Name = "temporal-store-writer" };
        thread.Start();
    }

    /// <summary>Completes when the writes, all of them together, are on the disk.</summary>
    public Task WriteAsync(IReadOnlyList<RunWrite> writes) => EnqueueAsync(new Pending(writes, null));

    /// <summary>The same for anything else than a change of a run.</summary>
    public Task WriteAsync(Action<SqliteConnection> write) => EnqueueAsync(new Pending([], write));

    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            stops = true;
            Monitor.Pulse(gate);
        }

        await stopped.Task;
        statements.Dispose();
        await connection.DisposeAsync();
    }

    private Task EnqueueAsync(Pending pending)
    {
        lock (gate)
        {
            if (stops)
            {
                return Task.FromException(new ObjectDisposedException(nameof(StoreWriter), "The server is stopping."));
            }

            waiting.Add(pending);
            if (waiting.Count == 1)
            {
                Monitor.Pulse(gate);
            }
        }

        return pending.Done.Task;
    }

    private void Run()
    {
        while (TakeBatch() is { } batch)
        {
            foreach (var part in batch.Chunk(BatchMax))
            {
                Commit(part);
            }
        }

        stopped.SetResult();
    }

    /// <summary>All that waits, or null at the end. A monitor is used because it does not spin: between commits this thread mostly waits.</summary>
    private List<Pending>? TakeBatch()
    {
        lock (gate)
        {
            while (waiting.Count == 0)
            {
                if (stops)
                {
                    return null;
                }

                Monitor.Wait(gate);
            }

            var batch = waiting;
            waiting = [];
            return batch;
        }
    }

    private void Commit(Pending[] batch)
    {
        try
        {
            Apply(batch);
        }
        catch (Exception failure) when (failure is SqliteException or IOException or InvalidOperationException)
        {
            if (batch.Length > 1)
            {
                // One bad change must not take the others with it.
                foreach (var each in batch)
                {
                    Commit([each]);
                }

                return;
            }

            batch[0].Done.SetException(failure);
            return;
        }

        foreach (var pending in batch)
        {
            pending.Done.SetResult();
        }
    }

    private void Apply(Pending[] batch)
    {
        using var transaction = connection.BeginTransaction();
        statements.Enlist(transaction);
        foreach (var pending in batch)
        {
            foreach (var write in pending.Writes)
            {
                statements.Write(write);
            }

            pending.Other?.Invoke(connection);
        }

        transaction.Commit();
    }

    private sealed record Pending(IReadOnlyList<RunWrite> Writes, Action<SqliteConnection>? Other)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
