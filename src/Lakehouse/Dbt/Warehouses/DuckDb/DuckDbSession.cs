using DuckDB.NET.Data;
using Recoup.Lakehouse.Threads;

namespace Recoup.Lakehouse.Dbt.Warehouses.DuckDb;

/// <summary>A connection of DuckDB in UTC, used by one caller at a time, in the background; what runs in it can be cancelled.</summary>
internal sealed class DuckDbSession : IAsyncDisposable
{
    private readonly SemaphoreSlim callers = new(1, 1);
    private readonly BackgroundThread thread = new();

    /// <param name="path">The database's file, or <c>:memory:</c>.</param>
    /// <param name="settings">Statements that set it up: DuckDB's own threads start with them, and get the background's priority.</param>
    public DuckDbSession(string path, string settings = "")
    {
        Connection = new DuckDBConnection($"DataSource={path}");
        try
        {
            thread.RunAsync(() => Task.FromResult(Open(settings))).GetAwaiter().GetResult();
        }
        catch
        {
            thread.Dispose();
            throw;
        }
    }

    public DuckDBConnection Connection { get; }

    /// <summary>Does work that nobody else's comes between.</summary>
    /// <exception cref="WarehouseException">DuckDB refused a statement.</exception>
    public async Task<T> UseAsync<T>(Func<DuckDbSession, Task<T>> work, CancellationToken cancellation)
    {
        await callers.WaitAsync(cancellation);
        try
        {
            await using var interrupts = new Interrupts(Connection.NativeConnection, cancellation);
            return await thread.RunAsync(() => work(this));
        }
        catch (DuckDBException failed)
        {
            cancellation.ThrowIfCancellationRequested();
            throw DuckDbFailure.Of(failed);
        }
        finally
        {
            callers.Release();
        }
    }

    /// <summary>Does work in one transaction, which is taken back when the work throws.</summary>
    public Task<T> ChangeAsync<T>(Func<DuckDbSession, T> work, CancellationToken cancellation) => UseAsync(
        session =>
        {
            session.Run("BEGIN TRANSACTION");
            try
            {
                var result = work(session);
                session.Run("COMMIT");
                return Task.FromResult(result);
            }
            catch
            {
                session.RollBack();
                throw;
            }
        },
        cancellation);

    /// <summary>Runs statements.</summary>
    /// <returns>The rows that the last one changed.</returns>
    public long Run(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>The rows of the last of some statements.</summary>
    public WarehouseRows Query(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        return DuckDbRows.ReadLast(reader);
    }

    /// <summary>The columns of a query; it is not run.</summary>
    public IReadOnlyList<RelationColumn> Describe(string sql) =>
        [.. Query($"DESCRIBE {sql}\n").Rows.Select(row => new RelationColumn((string)row[0]!, (string)row[1]!))];

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        thread.Dispose();
        callers.Dispose();
    }

    private long Open(string settings)
    {
        Connection.Open();
        return Run($"SET TimeZone='UTC'; {settings}");
    }

    private void RollBack()
    {
        try
        {
            Run("ROLLBACK");
        }
        catch (DuckDBException)
        {
            // A failed commit has ended the transaction already; the failure that led here is the one to tell.
        }
    }
}
