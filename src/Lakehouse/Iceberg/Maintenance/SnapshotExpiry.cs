using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Metadata;

namespace Recoup.Lakehouse.Iceberg.Maintenance;

/// <summary>
/// Forgets old snapshots and then deletes the files that only they needed. A crash between the two leaves orphans, never a snapshot without files.
/// </summary>
public sealed class SnapshotExpiry(ICatalog catalog, TimeProvider clock)
{
    private const int Attempts = 20;

    public async Task<ExpiredSnapshots> ExpireAsync(TableIdentifier identifier, SnapshotRetention retention, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = await catalog.LoadTableAsync(identifier, cancellation);
            var (snapshots, references) = retention.Expired(before.Metadata, clock.GetUtcNow());
            if (snapshots.Count is 0 && references.Count is 0)
            {
                return new ExpiredSnapshots(0, 0);
            }

            try
            {
                var after = await CommitAsync(before, snapshots, references, cancellation);
                return new ExpiredSnapshots(snapshots.Count, await DeleteAsync(before, after, snapshots, cancellation));
            }
            catch (IcebergException conflict) when (conflict.Failure is IcebergFailure.CommitConflict && attempt < Attempts)
            {
                // A writer moved main: what is to be kept is decided again.
            }
        }
    }

    /// <summary>Every reference must be where it was: one that was set meanwhile may need a snapshot that would go.</summary>
    private async Task<Table> CommitAsync(Table before, IReadOnlyList<long> snapshots, IReadOnlyList<string> references, CancellationToken cancellation)
    {
        TableRequirement[] requirements =
        [
            new AssertTableUuid(before.Metadata.TableUuid),
            .. before.Metadata.Refs.Select(pair => new AssertRefSnapshotId(pair.Key, pair.Value.SnapshotId)),
        ];
        MetadataUpdate[] updates = [.. references.Select(name => new RemoveSnapshotRef(name)), new RemoveSnapshots(snapshots)];
        return (await catalog.CommitAsync([new TableCommit(before.Identifier, requirements, updates)], cancellation))[0];
    }

    private static async Task<int> DeleteAsync(Table before, Table after, IReadOnlyList<long> snapshots, CancellationToken cancellation)
    {
        var unneeded = await ReachableFiles.OfAsync(before, snapshots.Select(before.Metadata.SnapshotOf), cancellation);
        unneeded.ExceptWith(await ReachableFiles.OfAsync(after, after.Metadata.Snapshots, cancellation));
        foreach (var location in unneeded)
        {
            await before.Manifests.Storage.DeleteAsync(location, cancellation);
        }

        return unneeded.Count;
    }
}

/// <param name="Snapshots">Snapshots that the table has forgotten.</param>
/// <param name="DeletedFiles">Files that were deleted with them.</param>
public sealed record ExpiredSnapshots(int Snapshots, int DeletedFiles);
