using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Recoup.Lakehouse.FlinkSql.Native;

/// <summary>A statement that DuckDB reads and plans once: a script's takes tens of milliseconds, which every batch would pay again.</summary>
internal sealed class PreparedQuery : IDisposable
{
    private readonly DuckDBPreparedStatement statement;

    public PreparedQuery(DuckDBConnection connection, string sql)
    {
        if (NativeMethods.PreparedStatements.DuckDBPrepare(connection.NativeConnection, sql, out statement) != DuckDBState.Success)
        {
            throw new InvalidOperationException($"DuckDB refused a statement of the plan: {NativeMethods.PreparedStatements.DuckDBPrepareError(statement)}");
        }
    }

    /// <exception cref="BatchException">The statement failed.</exception>
    public void Execute()
    {
        var state = NativeMethods.PreparedStatements.DuckDBExecutePrepared(statement, out var result);
        var error = state == DuckDBState.Success ? null : NativeMethods.Query.DuckDBResultError(ref result);
        NativeMethods.Query.DuckDBDestroyResult(ref result);
        if (state != DuckDBState.Success)
        {
            throw new BatchException(error ?? "DuckDB gave no reason.");
        }
    }

    public void Dispose() => statement.Dispose();
}
