using System.Text;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Metadata;

namespace Recoup.Lakehouse.Iceberg.Scans;

/// <summary>Finds the files of a snapshot that a filter leaves, each with its deletes, and refuses by name what is not read.</summary>
internal static class ScanPlanner
{
    /// <summary>The reserved field id of <c>file_path</c> in position delete files.</summary>
    private const int DeletedPathId = 2147483546;

    public static async Task<IReadOnlyList<FileTask>> PlanAsync(Table table, Snapshot? snapshot, BoundFilter filter, CancellationToken cancellation)
    {
        var (data, deletes) = (new List<ManifestEntry>(), new List<ManifestEntry>());
        foreach (var manifest in await table.Manifests.ManifestsAsync(snapshot, cancellation))
        {
            if (manifest.MayHaveLiveFiles && filter.MayMatch(manifest))
            {
                var live = (await table.Manifests.EntriesAsync(table.Metadata, manifest, cancellation)).Where(entry => entry.IsLive);
                (manifest.Content is ManifestContent.Data ? data : deletes).AddRange(live);
            }
        }

        foreach (var entry in data.Concat(deletes))
        {
            RequireSupported(entry.File);
        }

        var byPartition = deletes.ToLookup(entry => PartitionKey.Of(entry.File));
        return [.. data.Where(entry => filter.MayMatch(entry.File)).Select(entry => new FileTask(entry, Applying(entry, byPartition[PartitionKey.Of(entry.File)])))];
    }

    internal static void RequireSupported(DataFile file)
    {
        if (file.Content is FileContent.EqualityDeletes)
        {
            throw IcebergException.Unsupported($"equality deletes ({file.FilePath})");
        }

        if (!file.IsParquet)
        {
            throw IcebergException.Unsupported($"data files of format {file.FileFormat} ({file.FilePath})");
        }

        if (file.KeyMetadata is not null)
        {
            throw IcebergException.Unsupported($"encrypted files ({file.FilePath})");
        }
    }

    /// <summary>Deletes apply to files of the same partition that are not younger (specification, "Scan Planning").</summary>
    private static ManifestEntry[] Applying(ManifestEntry data, IEnumerable<ManifestEntry> deletes) => [.. deletes.Where(delete =>
        data.SequenceNumber <= delete.SequenceNumber && MayName(delete.File, data.File.FilePath))];

    private static bool MayName(DataFile delete, string path)
    {
        if (delete.ReferencedDataFile is { } referenced)
        {
            return referenced == path;
        }

        var bytes = Encoding.UTF8.GetBytes(path);
        return !(delete.LowerBounds.TryGetValue(DeletedPathId, out var lower) && bytes.AsSpan().SequenceCompareTo(lower) < 0)
            && !(delete.UpperBounds.TryGetValue(DeletedPathId, out var upper) && bytes.AsSpan().SequenceCompareTo(upper) > 0);
    }
}
