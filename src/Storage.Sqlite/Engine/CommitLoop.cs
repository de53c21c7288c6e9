using System.Diagnostics;

namespace Recoup.Storage.Sqlite.Engine;

/// <summary>
/// The one writing thread. It takes whatever waits, up to a batch, and commits it at once: the more callers there are, the more share one flush of the
/// disk. A caller hears of its write only when the commit has returned.
/// </summary>
internal sealed class CommitLoop : IDisposable
{
    private readonly Database database;
    private readonly RowWriter rows;
    private readonly Statement begin;
    private readonly Statement commit;
    private readonly Statement rollback;
    private readonly LogCopier log;
    private readonly StorageMeter meter;
    private readonly Thread thread;
    private readonly int batchMax;
    private readonly object gate = new();

    /// <summary>As long as there are callers: a grain waits for its write before it makes the next.</summary>
    private readonly Queue<PendingWrite> waiting = new();
    private bool closed;
    private volatile Exception? fault;

    public CommitLoop(Database database, LogCopier log, int batchMax, StorageMeter meter)
    {
        this.log = log;
        this.database = database;
        this.batchMax = batchMax;
        this.meter = meter;
        rows = new RowWriter(database);
        begin = database.Prepare("begin immediate");
        commit = database.Prepare("commit");
        rollback = database.Prepare("rollback");
        thread = new Thread(Run) { IsBackground = true, Name = "grain storage writer" };
        thread.Start();
    }

    /// <summary>Why nothing is written any more; null while all is well.</summary>
    public Exception? Fault => fault;

    public Task<WriteOutcome> Enqueue(PendingWrite write)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            waiting.Enqueue(write);
            if (waiting.Count == 1)
            {
                Monitor.Pulse(gate);
            }
        }

        return write.Completion;
    }

    /// <summary>Commits what still waits, then ends the thread.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            closed = true;
            Monitor.Pulse(gate);
        }

        thread.Join();
        rows.Dispose();
        begin.Dispose();
        commit.Dispose();
        rollback.Dispose();
    }

    private void Run()
    {
        var batch = new List<PendingWrite>(batchMax);
        while (Take(batch))
        {
            Commit(batch);
            batch.Clear();
        }
    }

    private bool Take(List<PendingWrite> batch)
    {
        lock (gate)
        {
            while (waiting.Count == 0)
            {
                if (closed)
                {
                    return false;
                }

                Monitor.Wait(gate);
            }

            while (batch.Count < batchMax && waiting.TryDequeue(out var write))
            {
                batch.Add(write);
            }

            return true;
        }
    }

    private void Commit(List<PendingWrite> batch)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            if (fault is { } earlier)
            {
                throw new SqliteStorageException($"Nothing is written since an earlier failure: {earlier.Message}", earlier);
            }

            Write(batch);
        }
        catch (Exception exception)
        {
            // Whatever it was, nobody may wait for ever: every waiter of the batch hears of it.
            Abandon(exception);
            batch.ForEach(write => write.Fail(exception));
            return;
        }

        meter.Committed(batch.Count, Stopwatch.GetElapsedTime(started));
        batch.ForEach(static write => write.Acknowledge());
        log.Committed(batch.Count);
    }

    private void Write(List<PendingWrite> batch)
    {
        begin.Run();
        foreach (var write in batch)
        {
            write.Outcome = rows.Apply(write);
        }

        rows.SaveWatermark();
        commit.Run();
        rows.Committed();
    }

    private void Abandon(Exception exception)
    {
        rows.RolledBack();
        meter.Failed();
        if (exception is SqliteStorageException { Failure: SqliteStorageFailure.Disk or SqliteStorageFailure.Damaged })
        {
            // After a failed flush the system may have dropped what it was to write, and a second flush would say that all is well.
            fault ??= exception;
        }

        try
        {
            // A full disk or an I/O error may have rolled back by itself already.
            if (SQLitePCL.raw.sqlite3_get_autocommit(database.Handle) == 0)
            {
                rollback.Run();
            }
        }
        catch (SqliteStorageException failed)
        {
            fault ??= failed;
        }
    }
}
