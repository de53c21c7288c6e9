using Microsoft.Data.Sqlite;

namespace Recoup.Embedded.Temporal.Storage;

/// <summary>
/// The tables. A run has one row that list and count read (written when it starts, closes or changes its attributes), one
/// row of state (written with every change) and a row of history a change.
/// </summary>
internal static class Schema
{
    private const int Version = 1;

    private const string Tables = """
        CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS namespaces (name TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS search_attributes (name TEXT PRIMARY KEY, type INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS runs (
            run_key INTEGER PRIMARY KEY,
            namespace TEXT NOT NULL,
            workflow_id TEXT NOT NULL,
            run_id TEXT NOT NULL,
            workflow_type TEXT NOT NULL,
            task_queue TEXT NOT NULL,
            status INTEGER NOT NULL,
            started_at INTEGER NOT NULL,
            execution_at INTEGER NOT NULL,
            closed_at INTEGER,
            close_order INTEGER NOT NULL,
            history_length INTEGER NOT NULL,
            history_bytes INTEGER NOT NULL,
            memo BLOB,
            search_attributes BLOB,
            attributes TEXT
        );
        CREATE INDEX IF NOT EXISTS runs_by_workflow ON runs (namespace, workflow_id, run_key);
        CREATE INDEX IF NOT EXISTS runs_in_order ON runs (namespace, close_order DESC, started_at DESC, run_key DESC);
        CREATE TABLE IF NOT EXISTS run_states (run_key INTEGER PRIMARY KEY, due_at INTEGER, undelivered INTEGER NOT NULL, state BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS history (
            run_key INTEGER NOT NULL,
            first_event_id INTEGER NOT NULL,
            last_event_id INTEGER NOT NULL,
            events BLOB NOT NULL,
            PRIMARY KEY (run_key, first_event_id)
        ) WITHOUT ROWID;
        """;

    /// <summary>Opens a connection that writes; WAL and FULL: a commit is on the disk when it returns.</summary>
    public static SqliteConnection OpenForWriting(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY;");
        return connection;
    }

    public static SqliteConnection OpenForReading(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());
        connection.Open();
        Execute(connection, "PRAGMA query_only = ON; PRAGMA cache_size = -2000; PRAGMA temp_store = MEMORY;");
        return connection;
    }

    public static void Create(SqliteConnection connection)
    {
        Execute(connection, Tables);
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO settings VALUES ('version', $version) ON CONFLICT DO NOTHING; SELECT value FROM settings WHERE name = 'version'";
        command.Parameters.AddWithValue("$version", Version.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var found = (string)command.ExecuteScalar()!;
        if (found != Version.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            throw new InvalidDataException($"The database has layout {found}; this server reads layout {Version}. Use another file.");
        }
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only the texts of this folder come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
