using System.Globalization;
using System.Security.Cryptography;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Metadata;

namespace Recoup.Lakehouse.Iceberg.Commits;

/// <summary>
/// Writes the manifests and the manifest list of a new snapshot on top of a table. When a commit is tried again, the manifests of added files are
/// used again: their sequence numbers come from the list.
/// </summary>
internal sealed class SnapshotProducer(Table started, FileChanges changes)
{
    private readonly WrittenManifests written = new();
    private readonly Guid commitId = Guid.CreateVersion7();
    private IReadOnlyList<ManifestFile>? addedManifests;
    private HashSet<string> needed = [];
    private int attempts;

    /// <summary>Below 2^53, so that readers in JavaScript, whose numbers are doubles, find the snapshot too.</summary>
    public long SnapshotId { get; } = (BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) & ((1L << 53) - 1)) | 1;

    public async Task<Snapshot> ProduceAsync(Table table, IReadOnlyDictionary<string, string> extra, DateTimeOffset now, CancellationToken cancellation)
    {
        attempts++;
        var parent = table.CurrentSnapshot;
        var sequence = table.Metadata.LastSequenceNumber + 1;
        var writer = new ManifestWriter(table, SnapshotId, $"{table.Metadata.Location}/metadata/{commitId}", attempts, written);
        var summary = new SnapshotSummary(changes.Operation, parent?.Summary, table.Metadata);
        summary.Add(changes.Added);

        var existing = await table.Manifests.ManifestsAsync(parent, cancellation);
        RequireNoNewDeletes(table, existing);
        var kept = await new ManifestFilter(table, changes, writer, summary).FilterAsync(existing, cancellation);
        addedManifests ??= writer.WriteAdded(changes.Added, cancellation);
        var manifests = await new ManifestMerger(table, writer).MergeAsync([.. addedManifests, .. kept], cancellation);

        var listLocation = string.Create(CultureInfo.InvariantCulture, $"{table.Metadata.Location}/metadata/snap-{SnapshotId}-{attempts}-{commitId}.avro");
        ManifestFile[] numbered = [.. manifests.Select(manifest => Numbered(manifest, sequence))];
        var list = ManifestListFile.Write(SnapshotId, parent?.SnapshotId, sequence, numbered);
        written.Add(listLocation, [], table.Manifests.Storage.WriteNewAsync(listLocation, list, cancellation));
        needed = [listLocation, .. numbered.Select(manifest => manifest.Path)];
        await written.FinishAsync();
        table.Manifests.Remember(listLocation, numbered);
        return new Snapshot
        {
            SnapshotId = SnapshotId,
            ParentSnapshotId = parent?.SnapshotId,
            SequenceNumber = sequence,
            TimestampMs = Math.Max(now.ToUnixTimeMilliseconds(), table.Metadata.LastUpdatedMs),
            ManifestList = listLocation,
            SchemaId = table.Metadata.CurrentSchemaId,
            Summary = summary.ToDictionary(extra),
        };
    }

    /// <summary>Deletes what was written in vain: everything, or all but what the last try needs.</summary>
    public async Task CleanUpAsync(bool isCommitted)
    {
        await written.SettleAsync();
        foreach (var location in written.Locations.Where(location => !isCommitted || !needed.Contains(location)))
        {
            await started.Manifests.Storage.DeleteAsync(location, CancellationToken.None);
        }
    }

    private ManifestFile Numbered(ManifestFile manifest, long sequence) => manifest.AddedSnapshotId != SnapshotId
        ? manifest
        : manifest with { SequenceNumber = sequence, MinSequenceNumber = Math.Min(manifest.MinSequenceNumber, sequence) };

    /// <summary>A row that was deleted from an old file while the new one was written would come back with it.</summary>
    private void RequireNoNewDeletes(Table table, IReadOnlyList<ManifestFile> existing)
    {
        if (changes.CarriesRows && existing.Any(manifest =>
                manifest is { Content: ManifestContent.Deletes, MayHaveLiveFiles: true } && manifest.SequenceNumber > started.Metadata.LastSequenceNumber))
        {
            throw IcebergException.Conflict($"Rows of {table.Identifier} were deleted while its files were rewritten; rewrite them again.");
        }
    }
}
