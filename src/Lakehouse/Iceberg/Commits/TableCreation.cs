using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Metadata;

namespace Recoup.Lakehouse.Iceberg.Commits;

/// <summary>Creates a table together with its first rows: nobody ever sees it empty.</summary>
public sealed class TableCreation(ICatalog catalog, TimeProvider clock)
{
    /// <summary>Commits the creation.</summary>
    /// <param name="staged">What <see cref="ICatalog.StageTableAsync"/> gave, under which the files were written.</param>
    /// <param name="files">The first rows.</param>
    /// <param name="cancellation">Stops before the commit.</param>
    /// <exception cref="IcebergException">Somebody else created the table, or it is not known whether the commit happened.</exception>
    public async Task<Table> CommitAsync(Table staged, IReadOnlyList<DataFile> files, CancellationToken cancellation = default)
    {
        var changes = new FileChanges { IsSnapshot = true };
        changes.Added.AddRange(files);
        var producer = new SnapshotProducer(staged, changes);
        var snapshot = await producer.ProduceAsync(staged, new Dictionary<string, string>(), clock.GetUtcNow(), cancellation);
        try
        {
            var created = await CommitAsync(staged, snapshot, cancellation);
            await producer.CleanUpAsync(isCommitted: true);
            return created;
        }
        catch (IcebergException refused) when (refused.Failure is not IcebergFailure.CommitStateUnknown)
        {
            await producer.CleanUpAsync(isCommitted: false);
            throw;
        }
    }

    private async Task<Table> CommitAsync(Table staged, Snapshot snapshot, CancellationToken cancellation)
    {
        try
        {
            return (await catalog.CommitAsync([new TableCommit(staged.Identifier, [new AssertCreate()], Updates(staged.Metadata, snapshot))], cancellation))[0];
        }
        catch (IcebergException lost) when (lost.Failure is IcebergFailure.CommitStateUnknown)
        {
            if (await catalog.LoadTableAsync(staged.Identifier, cancellation) is var found && found.Metadata.TableUuid == staged.Metadata.TableUuid)
            {
                return found;
            }

            throw;
        }
    }

    private static MetadataUpdate[] Updates(TableMetadata staged, Snapshot snapshot) =>
    [
        new AssignUuid(staged.TableUuid),
        new UpgradeFormatVersion(TableMetadata.WrittenFormatVersion),
        new SetLocation(staged.Location),
        new AddSchema(staged.CurrentSchema, staged.LastColumnId),
        new SetCurrentSchema(-1),
        new AddSpec(staged.DefaultSpec),
        new SetDefaultSpec(-1),
        new AddSortOrder(staged.SortOrders.First(order => order.OrderId == staged.DefaultSortOrderId)),
        new SetDefaultSortOrder(-1),
        new SetProperties(staged.Properties),
        new AddSnapshot(snapshot),
        new SetSnapshotRef(TableMetadata.MainBranch, "branch", snapshot.SnapshotId),
    ];
}
