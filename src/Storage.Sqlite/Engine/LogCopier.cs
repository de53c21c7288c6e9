using SQLitePCL;

namespace Recoup.Storage.Sqlite.Engine;

/// <summary>
/// Copies the write-ahead log into the file (checkpoints) with hardly a pause for the writer. The bulk is copied on a thread and a connection of its
/// own while commits go on; then the writer copies the little that came in meanwhile between two commits, and SQLite starts the log anew. Either one
/// alone fails: the first never catches up with a busy writer, and the second holds it back for as long as the disk takes.
/// </summary>
internal sealed class LogCopier : IDisposable
{
    /// <summary>About 50 MB of log. The more often a page is written before it is copied, the less there is to copy.</summary>
    private const int RowsBetweenCopies = 8_192;

    private readonly Database writer;
    private readonly Database own;
    private readonly SemaphoreSlim requested = new(0);
    private readonly Thread thread;
    private int rowsSinceCopy;
    private volatile Stage stage = Stage.Idle;
    private volatile bool stopped;

    public LogCopier(string path, Database writer)
    {
        this.writer = writer;
        own = Database.OpenReader(path);
        own.Execute("pragma synchronous=full");
        thread = new Thread(Run) { IsBackground = true, Name = "grain storage checkpoints" };
        thread.Start();
    }

    private enum Stage
    {
        Idle,
        Bulk,
        Remainder,
    }

    /// <summary>Called by the writer's thread after each commit, outside any transaction.</summary>
    public void Committed(int rows)
    {
        rowsSinceCopy += rows;
        if (stage == Stage.Idle && rowsSinceCopy >= RowsBetweenCopies)
        {
            stage = Stage.Bulk;
            requested.Release();
        }
        else if (stage == Stage.Remainder)
        {
            Copy(writer);
            rowsSinceCopy = 0;
            stage = Stage.Idle;
        }
    }

    public void Dispose()
    {
        stopped = true;
        requested.Release();
        thread.Join();
        own.Dispose();
        requested.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            requested.Wait();
            if (stopped)
            {
                return;
            }

            Copy(own);
            stage = Stage.Remainder;
        }
    }

    /// <summary>A copy that fails loses nothing: the log still has it all, and the next commit meets the same disk and says so.</summary>
    private static void Copy(Database database) =>
        _ = raw.sqlite3_wal_checkpoint_v2(database.Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
}
