using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Scans;

namespace Recoup.Lakehouse.Query.DuckDb;

/// <summary>Writes the SELECT over the files of a table that a filter leaves.</summary>
internal sealed class TableSelects : IDisposable
{
    private const string FileScheme = "file://";
    private readonly SemaphoreSlim gate = new(1, 1);
    private DuckDBConnection? footers;

    public async Task<LakeView> OfAsync(Table table, Filter filter, CancellationToken cancellation)
    {
        var scan = table.Scan();
        var tasks = await scan.Where(filter).PlanAsync(cancellation);
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in tasks.SelectMany(task => task.Deletes.Select(delete => delete.File).Prepend(task.File)))
        {
            folders.Add(await FolderAsync(table, file.FilePath, cancellation));
        }

        await gate.WaitAsync(cancellation);
        try
        {
            // Rows are filtered by the statement itself; the scan's filter only chose the files.
            return new LakeView(table.Identifier, await scan.ToSqlAsync(footers ??= Open(), tasks, cancellation), folders);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        footers?.Dispose();
        gate.Dispose();
    }

    private static DuckDBConnection Open()
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        return connection;
    }

    private static async Task<string> FolderAsync(Table table, string location, CancellationToken cancellation)
    {
        var storage = table.Manifests.Storage;
        return storage.Warehouse.StartsWith(FileScheme, StringComparison.Ordinal)
            ? storage.Warehouse[FileScheme.Length..]
            : Path.GetDirectoryName(await storage.LocalPathAsync(location, cancellation))!;
    }
}
