using SQLitePCL;

namespace Recoup.Storage.Sqlite.Engine;

/// <summary>Turns SQLite's result codes into messages that say what to do.</summary>
internal static class SqliteFailures
{
    public static void ThrowIfFailed(int code, sqlite3 database)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW)
        {
            return;
        }

        throw From(code, raw.sqlite3_errmsg(database).utf8_to_string(), raw.sqlite3_db_filename(database, "main").utf8_to_string());
    }

    public static SqliteStorageException From(int code, string message, string path) => (code & 0xff) switch
    {
        raw.SQLITE_FULL => Failed(
            SqliteStorageFailure.Full,
            $"The disk (or the limit that was set) is full: '{path}' cannot grow. Nothing of this write was kept; make room, writes then work again."),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Failed(
            SqliteStorageFailure.Damaged,
            $"'{path}' is damaged or no SQLite database ({message}). Keep it for a look, and put a backup of it (with -wal) in its place."),
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH => Failed(
            SqliteStorageFailure.NotWritable,
            $"'{path}' cannot be opened for writing ({message}). Give this process the right to write the file and its folder."),
        raw.SQLITE_IOERR => Failed(
            SqliteStorageFailure.Disk,
            $"The disk failed under '{path}' ({message}, code {code}). Check the disk, then start again."),
        _ => Failed(SqliteStorageFailure.Other, $"SQLite refused a call on '{path}': {message} (code {code})."),
    };

    private static SqliteStorageException Failed(SqliteStorageFailure failure, string message) => new(message) { Failure = failure };
}
