using Recoup.Lakehouse.Iceberg.Caching;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Storage;

namespace Recoup.Lakehouse.Iceberg.Manifests;

/// <summary>Reads the manifests of snapshots. They never change, so the last ones read are kept.</summary>
public sealed class ManifestReader(ITableStorage storage)
{
    private const int ListsKept = 64;
    private const int ManifestsKept = 512;
    private readonly BoundedCache<IReadOnlyList<ManifestFile>> lists = new(ListsKept);
    private readonly BoundedCache<IReadOnlyList<ManifestEntry>> entries = new(ManifestsKept);

    public ITableStorage Storage { get; } = storage;

    public async Task<IReadOnlyList<ManifestFile>> ManifestsAsync(Snapshot? snapshot, CancellationToken cancellation)
    {
        if (snapshot is null)
        {
            return [];
        }

        var location = snapshot.ManifestList
            ?? throw IcebergException.Unsupported($"snapshot {snapshot.SnapshotId} of format version 1 without a manifest list");
        return lists.Find(location) ?? lists.Keep(location, ManifestListFile.Read(await Storage.ReadAsync(location, cancellation), location));
    }

    /// <summary>Keeps a manifest list that has just been written: the next commit starts from it.</summary>
    internal void Remember(string location, IReadOnlyList<ManifestFile> manifests) => lists.Keep(location, manifests);

    /// <summary>The entries of a manifest, deleted ones included.</summary>
    public async Task<IReadOnlyList<ManifestEntry>> EntriesAsync(TableMetadata metadata, ManifestFile manifest, CancellationToken cancellation) =>
        entries.Find(manifest.Path) ?? entries.Keep(
            manifest.Path,
            ManifestEntryFile.Read(await Storage.ReadAsync(manifest.Path, cancellation), manifest, metadata.SpecOf(manifest.SpecId), metadata.SourceType));

    /// <summary>The files that a snapshot consists of, delete files included.</summary>
    public async Task<IReadOnlyList<ManifestEntry>> LiveEntriesAsync(TableMetadata metadata, Snapshot? snapshot, CancellationToken cancellation)
    {
        var live = new List<ManifestEntry>();
        foreach (var manifest in (await ManifestsAsync(snapshot, cancellation)).Where(manifest => manifest.MayHaveLiveFiles))
        {
            live.AddRange((await EntriesAsync(metadata, manifest, cancellation)).Where(entry => entry.IsLive));
        }

        return live;
    }
}
