using Recoup.Lakehouse.Iceberg.Manifests;

namespace Recoup.Lakehouse.Iceberg.Commits;

/// <summary>Takes removed files out of the manifests: those that hold one are written again, the others are kept as they are.</summary>
internal sealed class ManifestFilter(Table table, FileChanges changes, ManifestWriter writer, SnapshotSummary summary)
{
    private readonly HashSet<string> partitions = [.. changes.Added.Select(PartitionKey.Of)];
    private readonly HashSet<string> missing = new(changes.Removed, StringComparer.Ordinal);

    public async Task<IReadOnlyList<ManifestFile>> FilterAsync(IReadOnlyList<ManifestFile> manifests, CancellationToken cancellation)
    {
        var live = new List<ManifestFile>();
        foreach (var manifest in manifests.Where(manifest => manifest.MayHaveLiveFiles))
        {
            live.Add(manifest.HasCounts ? manifest : await CountAsync(manifest, cancellation));
        }

        if (!changes.Removes)
        {
            return live;
        }

        var kept = new List<ManifestFile>();
        foreach (var manifest in live)
        {
            kept.Add(await FilterAsync(manifest, cancellation));
        }

        return missing.Count is 0
            ? kept
            : throw IcebergException.Conflict($"{missing.Count} files that were to be removed from {table.Identifier} are not there any more, such as {missing.First()}.");
    }

    /// <summary>Lists of format version 1 may leave the counts out, and ours must not say 0: the next commit would drop the manifest.</summary>
    private async Task<ManifestFile> CountAsync(ManifestFile manifest, CancellationToken cancellation) =>
        ManifestWriter.Counted(manifest, await table.Manifests.EntriesAsync(table.Metadata, manifest, cancellation));

    private async Task<ManifestFile> FilterAsync(ManifestFile manifest, CancellationToken cancellation)
    {
        var entries = (await table.Manifests.EntriesAsync(table.Metadata, manifest, cancellation)).Where(entry => entry.IsLive).ToArray();
        var removed = entries.Where(entry => IsRemoved(entry.File)).ToArray();
        if (removed.Length is 0)
        {
            return manifest;
        }

        summary.Remove(removed.Select(entry => entry.File));
        missing.ExceptWith(removed.Select(entry => entry.File.FilePath));
        return writer.Write(manifest.SpecId, manifest.Content, [.. entries.Select(entry => Rewritten(entry, removed))], cancellation);
    }

    private bool IsRemoved(DataFile file) => changes.RemovesAll || changes.Removed.Contains(file.FilePath)
        || (changes.RemovesPartitionsOfAdded && partitions.Contains(PartitionKey.Of(file)));

    private ManifestEntry Rewritten(ManifestEntry entry, ManifestEntry[] removed) => removed.Contains(entry)
        ? entry with { Status = EntryStatus.Deleted, SnapshotId = writer.SnapshotId }
        : entry with { Status = EntryStatus.Existing };
}
