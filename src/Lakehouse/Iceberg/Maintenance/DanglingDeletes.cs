using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Scans;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Iceberg.Maintenance;

/// <summary>Finds position delete files that speak only of data files which are not part of the table any more.</summary>
internal static class DanglingDeletes
{
    public static async Task<IReadOnlyList<DataFile>> FindAsync(
        Table table, DuckDBConnection connection, IReadOnlyList<FileTask> tasks, HashSet<string> removed, CancellationToken cancellation)
    {
        var live = tasks.Select(task => task.File.FilePath).Except(removed, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var entries = await table.Manifests.LiveEntriesAsync(table.Metadata, table.CurrentSnapshot, cancellation);
        var dangling = new List<DataFile>();
        foreach (var delete in entries.Select(entry => entry.File).Where(file => file.Content is FileContent.PositionDeletes))
        {
            var path = await table.Manifests.Storage.LocalPathAsync(delete.FilePath, cancellation);
            if (!Paths(connection, path).Any(live.Contains))
            {
                dangling.Add(delete);
            }
        }

        return dangling;
    }

    private static List<string> Paths(DuckDBConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT DISTINCT file_path FROM read_parquet({SqlText.Quote(path)}, hive_partitioning=false)";
        using var reader = command.ExecuteReader();
        var paths = new List<string>();
        while (reader.Read())
        {
            paths.Add(reader.GetString(0));
        }

        return paths;
    }
}
