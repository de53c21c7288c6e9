using System.Globalization;
using SQLitePCL;

namespace Recoup.Storage.Sqlite.Engine;

/// <summary>One connection to the file. It is used by one thread at a time.</summary>
internal sealed class Database : IDisposable
{
    /// <summary>Identifies the file as ours (<c>PRAGMA application_id</c>): "rcgs".</summary>
    private const int ApplicationId = 0x72636773;
    private const int SchemaVersion = 1;

    private Database(sqlite3 handle) => Handle = handle;

    public sqlite3 Handle { get; }

    static Database() => Batteries_V2.Init();

    /// <summary>Opens the file to write, creating it, and checks it for damage.</summary>
    public static Database OpenWriter(SqliteGrainStorageOptions options)
    {
        var database = Open(options.Path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        try
        {
            database.Execute("pragma journal_mode=wal");
            database.Execute(options.Durability == WriteDurability.PowerLoss ? "pragma synchronous=full" : "pragma synchronous=normal");
            // The log is copied into the file by LogCopier, so that commits need not wait for it.
            database.Execute("pragma wal_autocheckpoint=0");
            database.CheckForDamage(options);
            database.CreateSchema();
            database.LimitSize(options.FileBytesMax);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public static Database OpenReader(string path) => Open(path, raw.SQLITE_OPEN_READWRITE);

    public Statement Prepare(string sql) => new(Handle, sql);

    public void Execute(string sql)
    {
        using var statement = Prepare(sql);
        while (statement.Step())
        {
            // Pragmas answer with rows that nobody needs.
        }
    }

    public long Number(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Number(0) : 0;
    }

    public void Dispose() => Handle.Dispose();

    private static Database Open(string path, int flags)
    {
        // Each connection is used by one thread at a time, so SQLite's own mutex is not needed.
        var code = raw.sqlite3_open_v2(path, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        var database = new Database(handle);
        if (code != raw.SQLITE_OK)
        {
            database.Dispose();
            throw SqliteFailures.From(code, raw.sqlite3_errstr(code).utf8_to_string(), path);
        }

        _ = raw.sqlite3_extended_result_codes(handle, 1);
        _ = raw.sqlite3_busy_timeout(handle, 5_000);
        return database;
    }

    private void CheckForDamage(SqliteGrainStorageOptions options)
    {
        var application = Number("pragma application_id");
        if (application != ApplicationId && Number("select count(*) from sqlite_schema") > 0)
        {
            throw new SqliteStorageException($"'{options.Path}' is a SQLite database, but not one of this storage. Choose another file.")
            {
                Failure = SqliteStorageFailure.NotWritable,
            };
        }

        if (Number("pragma page_count") * Number("pragma page_size") > options.CheckedBytesMax)
        {
            return;
        }

        using var check = Prepare("pragma quick_check(1)");
        if (check.Step() && check.Text(0) is var finding && finding != "ok")
        {
            throw SqliteFailures.From(raw.SQLITE_CORRUPT, finding, options.Path);
        }
    }

    private void CreateSchema()
    {
        var version = Number("pragma user_version");
        if (version > SchemaVersion)
        {
            throw new SqliteStorageException(
                $"The file was written by a newer version (schema {version}, this one knows {SchemaVersion}). Use that version.");
        }

        Execute("begin immediate");
        Execute(Schema.GrainState);
        Execute(Schema.Attention);
        Execute(Schema.Watermark);
        Execute(Schema.FirstWatermark);
        Execute(string.Create(CultureInfo.InvariantCulture, $"pragma application_id={ApplicationId}"));
        Execute(string.Create(CultureInfo.InvariantCulture, $"pragma user_version={SchemaVersion}"));
        Execute("commit");
    }

    private void LimitSize(long? bytes)
    {
        if (bytes is { } limit)
        {
            Execute(string.Create(CultureInfo.InvariantCulture, $"pragma max_page_count={limit / Number("pragma page_size")}"));
        }
    }
}
