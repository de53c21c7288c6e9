using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Recoup.Gateways.Simulated.Ledger;

/// <summary>
/// One prepared statement with numbered parameters (<c>?1</c>, <c>?2</c>, ...). It speaks to SQLite directly: a command of ADO.NET looks its parameters up by
/// name at every run, which costs more than the run.
/// </summary>
internal sealed class LedgerStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    public LedgerStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
    }

    /// <returns>How many rows were changed.</returns>
    public int Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        try
        {
            Step();
            return raw.sqlite3_changes(database);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public T? First<T>(Func<LedgerRow, T> read, params ReadOnlySpan<object?> values)
        where T : class
    {
        Bind(values);
        try
        {
            return Step() ? read(new LedgerRow(statement)) : null;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public List<T> All<T>(Func<LedgerRow, T> read, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        try
        {
            var rows = new List<T>();
            while (Step())
            {
                rows.Add(read(new LedgerRow(statement)));
            }

            return rows;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public void Dispose() => statement.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Check(values[i] switch
            {
                null => raw.sqlite3_bind_null(statement, i + 1),
                string text => raw.sqlite3_bind_text(statement, i + 1, text),
                long number => raw.sqlite3_bind_int64(statement, i + 1, number),
                int number => raw.sqlite3_bind_int64(statement, i + 1, number),
                var other => throw new ArgumentException($"{other.GetType()} is no type of the ledger.", nameof(values)),
            });
        }
    }

    /// <summary>True: there is a row.</summary>
    private bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Check(result);
        }

        return result == raw.SQLITE_ROW;
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);
}

/// <summary>The row at which a statement stands; columns from 0.</summary>
internal readonly struct LedgerRow(sqlite3_stmt statement)
{
    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public string? TextOrNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL ? null : Text(column);

    public long Integer(int column) => raw.sqlite3_column_int64(statement, column);
}
