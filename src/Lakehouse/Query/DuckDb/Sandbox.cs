using System.Globalization;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Recoup.Lakehouse.Dbt.Dialect;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Query.DuckDb;

/// <summary>
/// A DuckDB in memory that can read the lake's files and nothing else, and whose settings are locked. It holds one view a table. One query at a time
/// runs in it, so that its memory limit is the query's.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private readonly DuckDBConnection connection = new("DataSource=:memory:");
    private readonly HashSet<string> folders;

    /// <param name="folders">The folders whose files may be read.</param>
    /// <param name="memoryBytes">What it may hold; nothing is spilled to disk.</param>
    /// <param name="threads">Threads of one query.</param>
    /// <param name="hasDialect">Whether views of the lake can be shown, which call functions of Trino's; adding those takes as long as opening it.</param>
    public Sandbox(IEnumerable<string> folders, long memoryBytes, int threads, bool hasDialect = false)
    {
        this.folders = [.. folders];
        Views = new ShownViews(connection);
        MemoryBytes = memoryBytes;
        HasDialect = hasDialect;
        connection.Open();
        if (hasDialect)
        {
            TrinoDialect.Install(connection);
        }

        Run("SET TimeZone='UTC'");
        Run("SET temp_directory=''");
        Run("SET parquet_metadata_cache=true");
        Run("SET autoinstall_known_extensions=false");
        Run("SET autoload_known_extensions=false");
        Run(string.Create(CultureInfo.InvariantCulture, $"SET memory_limit='{memoryBytes}B'"));
        Run(string.Create(CultureInfo.InvariantCulture, $"SET threads={threads}"));
        Run($"SET allowed_directories={SqlText.List(this.folders.Select(folder => folder + '/'))}");
        Run("SET enable_external_access=false");
        Run("SET lock_configuration=true");
    }

    public long MemoryBytes { get; }

    public bool HasDialect { get; }

    /// <summary>What a query finds.</summary>
    public ShownViews Views { get; }

    internal DuckDBConnection Connection => connection;

    /// <summary>Whether DuckDB said that its database cannot be used any more.</summary>
    public bool IsBroken { get; set; }

    public DuckDBNativeConnection Native => connection.NativeConnection;

    public bool MayRead(IEnumerable<string> wanted) => folders.IsSupersetOf(wanted);

    public void Dispose() => connection.Dispose();

    private void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
