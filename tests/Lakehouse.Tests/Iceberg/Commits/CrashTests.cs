using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Commits;
using Recoup.Lakehouse.Iceberg.Maintenance;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Storage;
using Recoup.Lakehouse.Iceberg.Writes;
using Recoup.Lakehouse.Tests.Iceberg.Storage;

namespace Recoup.Lakehouse.Tests.Iceberg.Commits;

/// <summary>A process that dies between any two steps leaves the tables as they were or as they should be; what it left behind is removed as orphans.</summary>
[TestClass]
public sealed class CrashTests
{
    private const string Batch = "SELECT 'e' || range AS event_id, range AS amount_minor, TIMESTAMPTZ '2026-11-23 10:00:00+00' AS created_at FROM range(10)";
    private static readonly SourceOffsets Read = SourceOffsets.None.With("payments.charges", 0, 10);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Commit_DiesAtAnyStep_BothTablesAreOldOrBothAreNew(bool afterTheStep)
    {
        var step = 1;
        for (var hasDied = true; hasDied; step++)
        {
            FaultyStorage faults = null!;
            using var lake = new Lake((storage, _) => faults = new FaultyStorage(storage));
            var (bronze, quarantine) = (await CreateAsync(lake, "charges"), await CreateAsync(lake, "quarantine"));
            (faults.DiesAt, faults.DiesAfterTheStep) = (step, afterTheStep);
            hasDied = await DiesAsync(() => CommitAsync(lake.Catalog, lake, bronze, quarantine));
            Assert.AreEqual(faults.HasDied, hasDied, "a step's failure must not be swallowed");

            // A new process finds the folder as it is, and goes on where the table says.
            using var restarted = new SqliteCatalog(lake.CatalogPath, new LocalStorage(Path.Combine(lake.Folder, "warehouse")), TimeProvider.System);
            await RequireOldOrNewAsync(lake, restarted);
            (bronze, quarantine) = (await restarted.LoadTableAsync(bronze.Identifier), await restarted.LoadTableAsync(quarantine.Identifier));
            if (SourceOffsets.Of(bronze.Metadata) != Read)
            {
                await CommitAsync(restarted, lake, bronze, quarantine);
            }

            await RequireOnceAsync(lake, restarted);
        }

        Assert.IsGreaterThan(8, step, "two data files, two manifests, two lists and two metadata files are written");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task CompactAndExpire_DieAtAnyStep_NoRowIsLost(bool afterTheStep)
    {
        var step = 1;
        for (var hasDied = true; hasDied; step++)
        {
            FaultyStorage faults = null!;
            using var lake = new Lake((storage, _) => faults = new FaultyStorage(storage));
            var table = await CreateAsync(lake, "charges");
            for (var append = 0; append < 3; append++)
            {
                table = await lake.AppendAsync(table, Batch);
                lake.Clock.Advance(TimeSpan.FromHours(1));
            }

            (faults.DiesAt, faults.DiesAfterTheStep) = (step, afterTheStep);
            hasDied = await DiesAsync(async () =>
            {
                await new Compaction(lake.Catalog, lake.Clock).CompactAsync(table.Identifier, lake.Connection, new CompactionOptions { MinInputFiles = 2 });
                await new SnapshotExpiry(lake.Catalog, lake.Clock).ExpireAsync(table.Identifier, new SnapshotRetention(TimeSpan.Zero));
            });

            using var restarted = new SqliteCatalog(lake.CatalogPath, new LocalStorage(Path.Combine(lake.Folder, "warehouse")), TimeProvider.System);
            Assert.AreEqual(30, await lake.CountAsync(await restarted.LoadTableAsync(table.Identifier)), $"step {step}");
        }

        Assert.IsGreaterThan(10, step);
    }

    private static Task<Table> CreateAsync(Lake lake, string name) => lake.CreateAsync(
        name, properties: [(TableProperties.DeletePreviousMetadata, "true"), (TableProperties.PreviousMetadataFiles, "1")]);

    private static async Task<bool> DiesAsync(Func<Task> work)
    {
        try
        {
            await work();
            return false;
        }
        catch (KilledException)
        {
            return true;
        }
    }

    private static async Task CommitAsync(SqliteCatalog catalog, Lake lake, Table bronze, Table quarantine)
    {
        var transaction = new LakeTransaction(catalog, lake.Clock);
        transaction.For(bronze).Append(await DataFileWriter.WriteAsync(bronze, lake.Connection, Batch)).AdvanceOffsets(SourceOffsets.None, Read);
        transaction.For(quarantine).Append(await DataFileWriter.WriteAsync(quarantine, lake.Connection, Batch)).AdvanceOffsets(SourceOffsets.None, Read);
        await transaction.CommitAsync();
    }

    private static async Task RequireOldOrNewAsync(Lake lake, SqliteCatalog catalog)
    {
        var bronze = await lake.CountAsync(await catalog.LoadTableAsync(new TableIdentifier(Lake.Space, "charges")));
        var quarantine = await lake.CountAsync(await catalog.LoadTableAsync(new TableIdentifier(Lake.Space, "quarantine")));
        Assert.AreEqual(bronze, quarantine, "one table has the batch, the other has not");
        Assert.IsTrue(bronze is 0 or 10, $"{bronze} rows are half a batch");
    }

    private static async Task RequireOnceAsync(Lake lake, SqliteCatalog catalog)
    {
        foreach (var name in new[] { "charges", "quarantine" })
        {
            var table = await catalog.LoadTableAsync(new TableIdentifier(Lake.Space, name));
            Assert.AreEqual(10, await lake.CountAsync(table));
            Assert.AreEqual(Read, SourceOffsets.Of(table.Metadata));
        }
    }
}
