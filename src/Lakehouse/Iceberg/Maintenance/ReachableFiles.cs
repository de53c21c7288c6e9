using Recoup.Lakehouse.Iceberg.Metadata;

namespace Recoup.Lakehouse.Iceberg.Maintenance;

/// <summary>The files that snapshots need: manifest lists, manifests, data and delete files, statistics.</summary>
internal static class ReachableFiles
{
    /// <summary>Every file that the snapshots name. A file that is missing already is left out with what it named.</summary>
    public static async Task<HashSet<string>> OfAsync(Table table, IEnumerable<Snapshot> snapshots, CancellationToken cancellation)
    {
        var locations = new HashSet<string>(StringComparer.Ordinal);
        foreach (var snapshot in snapshots)
        {
            locations.UnionWith(Statistics(table.Metadata, snapshot.SnapshotId));
            if (snapshot.ManifestList is { } list && locations.Add(list))
            {
                await AddManifestsAsync(table, snapshot, locations, cancellation);
            }
        }

        return locations;
    }

    /// <summary>The metadata files that the table names, its current one first.</summary>
    public static IEnumerable<string> MetadataFiles(Table table) => table.Metadata.MetadataLog.Select(entry => entry.MetadataFile).Prepend(table.MetadataLocation);

    private static async Task AddManifestsAsync(Table table, Snapshot snapshot, HashSet<string> locations, CancellationToken cancellation)
    {
        foreach (var manifest in await ReadAsync(() => table.Manifests.ManifestsAsync(snapshot, cancellation)))
        {
            if (locations.Add(manifest.Path))
            {
                var entries = await ReadAsync(() => table.Manifests.EntriesAsync(table.Metadata, manifest, cancellation));
                locations.UnionWith(entries.Where(entry => entry.IsLive).Select(entry => entry.File.FilePath));
            }
        }
    }

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(Func<Task<IReadOnlyList<T>>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return []; // What it named cannot be known any more; orphan removal finds those files by their folder.
        }
    }

    private static IEnumerable<string> Statistics(TableMetadata metadata, long snapshotId) =>
        metadata.Statistics.Where(file => file.SnapshotId == snapshotId).Select(file => file.StatisticsPath)
            .Concat(metadata.PartitionStatistics.Where(file => file.SnapshotId == snapshotId).Select(file => file.StatisticsPath));
}
