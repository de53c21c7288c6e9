using System.Globalization;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Recoup.Lakehouse.Iceberg.Catalogs;
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
    private readonly HashSet<string> namespaces = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<TableIdentifier, string> views = [];

    /// <param name="folders">The folders whose files may be read.</param>
    /// <param name="memoryBytes">What it may hold; nothing is spilled to disk.</param>
    /// <param name="threads">Threads of one query.</param>
    public Sandbox(IEnumerable<string> folders, long memoryBytes, int threads)
    {
        this.folders = [.. folders];
        MemoryBytes = memoryBytes;
        connection.Open();
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

    internal DuckDBConnection Connection => connection;

    /// <summary>Whether DuckDB said that its database cannot be used any more.</summary>
    public bool IsBroken { get; set; }

    public DuckDBNativeConnection Native => connection.NativeConnection;

    public bool MayRead(IEnumerable<string> wanted) => folders.IsSupersetOf(wanted);

    /// <summary>Makes the view of a table show these rows; one that shows them already is left.</summary>
    public void Show(TableIdentifier identifier, string select)
    {
        if (views.GetValueOrDefault(identifier) == select)
        {
            return;
        }

        var space = SqlText.Name(identifier.Namespace.ToString());
        if (namespaces.Add(identifier.Namespace.ToString()))
        {
            Run($"CREATE SCHEMA IF NOT EXISTS {space}");
        }

        Run($"CREATE OR REPLACE VIEW {space}.{SqlText.Name(identifier.Name)} AS {select}");
        views[identifier] = select;
    }

    /// <summary>Takes away the views of all other tables, so that a listing shows those that there are.</summary>
    public void Keep(IReadOnlyCollection<TableIdentifier> identifiers)
    {
        foreach (var gone in views.Keys.Except(identifiers).ToArray())
        {
            Run($"DROP VIEW {SqlText.Name(gone.Namespace.ToString())}.{SqlText.Name(gone.Name)}");
            views.Remove(gone);
        }
    }

    public void Dispose() => connection.Dispose();

    private void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
