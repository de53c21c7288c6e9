using DuckDB.NET.Data;

namespace Recoup.Lakehouse.Dbt.Warehouses.DuckDb;

/// <summary>A connection of DuckDB in UTC, used by one caller at a time; what runs in it can be cancelled.</summary>
internal sealed class DuckDbSession : IAsyncDisposable
{
    private readonly SemaphoreSlim callers = new(1, 1);

    public DuckDbSession(string path)
    {
        Connection = new DuckDBConnection($"DataSource={path}");
        Connection.Open();
        Run("SET TimeZone='UTC'");
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
            return await Task.Run(() => work(this), CancellationToken.None);
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
        callers.Dispose();
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
