using Apache.Arrow;
using DuckDB.NET.Native;

namespace Recoup.Lakehouse.Query.DuckDb;

/// <summary>A query that runs in a sandbox; each batch is computed when it is asked for.</summary>
internal sealed class DuckDbResult : QueryResult
{
    private readonly Sandbox sandbox;
    private readonly SandboxPool pool;
    private readonly TimeLimit time;
    private readonly ArrowExport export;
    private DuckDBResult result;
    private bool isDisposed;

    private DuckDbResult(Sandbox sandbox, SandboxPool pool, TimeLimit time, DuckDBResult result, long? rowsMax)
    {
        (this.sandbox, this.pool, this.time, this.result) = (sandbox, pool, time, result);
        export = new ArrowExport(ref this.result);
        RowsMax = rowsMax;
    }

    public override Schema Schema => export.Schema;

    protected override long? RowsMax { get; }

    /// <summary>Starts a statement. The sandbox goes back to the pool with the result; where this throws, the caller still has it.</summary>
    public static DuckDbResult Start(Sandbox sandbox, SandboxPool pool, TimeLimit time, string sql, long? rowsMax)
    {
        var started = Execute(sandbox, time, sql);
        try
        {
            var result = new DuckDbResult(sandbox, pool, time, started, rowsMax);
            _ = result.Columns; // A type that cannot be returned is refused before the first row.
            return result;
        }
        catch
        {
            NativeMethods.Query.DuckDBDestroyResult(ref started);
            throw;
        }
    }

    public override ValueTask DisposeAsync()
    {
        if (!isDisposed)
        {
            isDisposed = true;
            export.Dispose();
            NativeMethods.Query.DuckDBDestroyResult(ref result);
            time.Dispose();
            pool.Return(sandbox);
        }

        return ValueTask.CompletedTask;
    }

    protected override async ValueTask<RecordBatch?> NextAsync(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        time.ThrowIfOver();
        await using var giveUp = cancellation.Register(time.Cancel);
        try
        {
            return await Task.Run(Fetch, cancellation);
        }
        catch (QueryException interrupted) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("The query was cancelled.", interrupted, cancellation);
        }
    }

    private static DuckDBResult Execute(Sandbox sandbox, TimeLimit time, string sql)
    {
        time.ThrowIfOver();
        var state = NativeMethods.PreparedStatements.DuckDBPrepare(sandbox.Native, sql, out var prepared);
        using (prepared)
        {
            if (state is not DuckDBState.Success)
            {
                time.ThrowIfOver();
                throw DuckDbErrors.Of(NativeMethods.PreparedStatements.DuckDBPrepareError(prepared));
            }

            if (NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(prepared, out var result) is DuckDBState.Success)
            {
                return result;
            }

            var error = ErrorOf(sandbox, time, ref result);
            NativeMethods.Query.DuckDBDestroyResult(ref result);
            throw error;
        }
    }

    private RecordBatch? Fetch()
    {
        using var chunk = NativeMethods.Query.DuckDBFetchChunk(result);
        if (!chunk.IsInvalid)
        {
            return export.Read(chunk);
        }

        return string.IsNullOrEmpty(NativeMethods.Query.DuckDBResultError(ref result)) ? null : throw ErrorOf(sandbox, time, ref result);
    }

    private static QueryException ErrorOf(Sandbox sandbox, TimeLimit time, ref DuckDBResult result)
    {
        var type = NativeMethods.Query.DuckDBResultErrorType(ref result);
        sandbox.IsBroken |= type is DuckDBErrorType.Fatal or DuckDBErrorType.Internal;
        time.ThrowIfOver();
        return DuckDbErrors.Of(NativeMethods.Query.DuckDBResultError(ref result), type);
    }
}
