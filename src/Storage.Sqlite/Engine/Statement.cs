using SQLitePCL;

namespace Recoup.Storage.Sqlite.Engine;

/// <summary>
/// A prepared statement. Bound to SQLite's own interface instead of ADO.NET: the writer runs one of these for each row of a commit, and payloads stay
/// UTF-8 from the serialiser to the file.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt handle;

    public Statement(sqlite3 database, string sql)
    {
        this.database = database;
        var code = raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out handle);
        SqliteFailures.ThrowIfFailed(code, database);
    }

    public void Bind(int parameter, ReadOnlySpan<byte> text) => Check(raw.sqlite3_bind_text(handle, parameter, text));

    public void Bind(int parameter, string text) => Check(raw.sqlite3_bind_text(handle, parameter, text));

    public void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(handle, parameter, value));

    public void Bind(int parameter, long? value)
    {
        if (value is { } present)
        {
            Bind(parameter, present);
        }
        else
        {
            Check(raw.sqlite3_bind_null(handle, parameter));
        }
    }

    /// <summary>Runs a statement without rows and makes it ready to run again.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        try
        {
            Step();
            return raw.sqlite3_changes(database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        SqliteFailures.ThrowIfFailed(code, database);
        return false;
    }

    /// <summary>Makes it ready to run again. A step that failed has said so already, so its code is not looked at twice.</summary>
    public void Reset() => raw.sqlite3_reset(handle);

    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    /// <summary>The text's UTF-8 bytes, valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    public void Dispose() => handle.Dispose();

    private void Check(int code) => SqliteFailures.ThrowIfFailed(code, database);
}
