using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Commits;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Scans;
using Recoup.Lakehouse.Iceberg.Writes;

namespace Recoup.Lakehouse.Tests.Iceberg.Commits;

[TestClass]
public sealed class LakeTransactionTests
{
    private const string TwoDays =
        "SELECT * FROM (VALUES ('a', 1, TIMESTAMPTZ '2026-11-22 23:59:59.999999+00'), ('b', 2, TIMESTAMPTZ '2026-11-23 00:00:00+00'), ('c', NULL, NULL)) AS rows(event_id, amount_minor, created_at)";

    [TestMethod]
    public async Task Commit_AppendToPartitionedTable_RowsAreReadBack()
    {
        using var lake = new Lake();

        var table = await lake.AppendAsync(await lake.CreateByDayAsync("charges"), TwoDays);

        CollectionAssert.AreEqual(lake.Query(TwoDays, table.Schema), await lake.ReadAsync(await lake.LoadAsync("charges")));
        var files = await table.Scan().PlanAsync();
        Assert.HasCount(3, files);
        Assert.AreEqual("append", table.CurrentSnapshot!.Operation);
        Assert.AreEqual("3", table.CurrentSnapshot.Summary["total-records"]);
    }

    [TestMethod]
    public async Task Plan_FilterOnColumnOfPartition_ReadsTheFilesOfThoseDays()
    {
        using var lake = new Lake();
        var table = await lake.AppendAsync(await lake.CreateByDayAsync("charges"), TwoDays);

        var scan = table.Scan().Where(Filter.Compare("created_at", Comparison.GreaterOrEqual, "2026-11-23 00:00:00"));

        Assert.HasCount(1, await scan.PlanAsync());
        Assert.HasCount(1, lake.Query(await scan.ToSqlAsync(lake.Connection), table.Schema));
    }

    [TestMethod]
    public async Task Commit_TwoTables_AppearTogetherWithTheirOffsets()
    {
        using var lake = new Lake();
        var (bronze, quarantine) = (await lake.CreateByDayAsync("charges"), await lake.CreateAsync("quarantine"));
        var offsets = SourceOffsets.None.With("payments.charges", 0, 3);
        var transaction = lake.Begin();
        transaction.For(bronze).Append(await DataFileWriter.WriteAsync(bronze, lake.Connection, TwoDays)).AdvanceOffsets(SourceOffsets.None, offsets);
        transaction.For(quarantine).Append([]).AdvanceOffsets(SourceOffsets.None, offsets);

        var tables = await transaction.CommitAsync();

        Assert.AreEqual(3, await lake.CountAsync(tables[0]));
        Assert.AreEqual(offsets, SourceOffsets.Of((await lake.LoadAsync("charges")).Metadata));
        Assert.AreEqual(offsets, SourceOffsets.Of((await lake.LoadAsync("quarantine")).Metadata));
    }

    [TestMethod]
    public async Task Commit_OneTableConflicts_NeitherIsChanged()
    {
        using var lake = new Lake();
        var (bronze, quarantine) = (await lake.CreateAsync("charges"), await lake.CreateAsync("quarantine"));
        var later = SourceOffsets.None.With("payments.charges", 0, 3);
        var first = lake.Begin();
        first.For(quarantine).AdvanceOffsets(SourceOffsets.None, later);
        await first.CommitAsync();
        var second = lake.Begin();
        second.For(bronze).Append(await DataFileWriter.WriteAsync(bronze, lake.Connection, TwoDays)).AdvanceOffsets(SourceOffsets.None, later);
        second.For(quarantine).AdvanceOffsets(SourceOffsets.None, later);

        var refusal = await Assert.ThrowsExactlyAsync<IcebergException>(() => second.CommitAsync());

        Assert.AreEqual(IcebergFailure.CommitConflict, refusal.Failure);
        Assert.IsNull((await lake.LoadAsync("charges")).CurrentSnapshot);
    }

    [TestMethod]
    public async Task Commit_OthersCommittedMeanwhile_IsPutOnTop()
    {
        using var lake = new Lake();
        var stale = await lake.CreateAsync("charges");
        for (var rival = 0; rival < 3; rival++)
        {
            await lake.AppendAsync(await lake.LoadAsync("charges"), TwoDays);
        }

        var table = await lake.AppendAsync(stale, TwoDays);

        Assert.AreEqual(12, await lake.CountAsync(table));
        CollectionAssert.AreEqual(new long[] { 1, 2, 3, 4 }, table.Metadata.Snapshots.Select(snapshot => snapshot.SequenceNumber).ToArray());
    }

    [TestMethod]
    public async Task Commit_ManyWritersAtOnce_EveryAppendArrives()
    {
        using var lake = new Lake();
        var table = await lake.CreateAsync("charges");
        var files = new List<DataFile>();
        for (var writer = 0; writer < 8; writer++)
        {
            files.AddRange(await DataFileWriter.WriteAsync(table, lake.Connection, TwoDays));
        }

        await Task.WhenAll(files.Select(file => Task.Run(async () =>
        {
            var transaction = new LakeTransaction(lake.Catalog, TimeProvider.System);
            transaction.For(table).Append([file]);
            await transaction.CommitAsync();
        })));

        Assert.AreEqual(24, await lake.CountAsync(await lake.LoadAsync("charges")));
    }

    [TestMethod]
    public async Task Of_CommitOfSomebodyElse_OffsetsAreStillKnown()
    {
        using var lake = new Lake();
        var table = await lake.CreateAsync("charges");
        var offsets = SourceOffsets.None.With("payments.charges", 2, 7);
        var ours = lake.Begin();
        ours.For(table).AdvanceOffsets(SourceOffsets.None, offsets);
        table = (await ours.CommitAsync())[0];

        // A foreign snapshot knows nothing of our key, and a foreign engine may even drop the property.
        var foreign = table.CurrentSnapshot! with
        {
            SnapshotId = 4711,
            ParentSnapshotId = table.CurrentSnapshot!.SnapshotId,
            SequenceNumber = 2,
            Summary = new Dictionary<string, string> { ["operation"] = "append" },
        };
        var metadata = MetadataBuilder.Apply(
            table.Metadata, null, [new AddSnapshot(foreign), new SetSnapshotRef("main", "branch", 4711), new RemoveProperties([SourceOffsets.Key])], lake.Clock.GetUtcNow());

        Assert.AreEqual(offsets, SourceOffsets.Of(metadata));
    }

    [TestMethod]
    public async Task Commit_ManifestListWithoutCounts_KeepsItsFiles()
    {
        using var lake = new Lake();
        var table = await lake.AppendAsync(await lake.CreateAsync("charges"), TwoDays);
        var counted = await table.Manifests.ManifestsAsync(table.CurrentSnapshot, default);
        var old = new ManifestReader(lake.Storage);
        old.Remember(table.CurrentSnapshot!.ManifestList!, [.. counted.Select(manifest => manifest with { AddedFilesCount = null, AddedRowsCount = null, ExistingFilesCount = null })]);

        await lake.AppendAsync(table with { Manifests = old }, TwoDays);
        table = await lake.AppendAsync(await lake.LoadAsync("charges"), TwoDays);

        Assert.AreEqual(9, await lake.CountAsync(table));
    }

    [TestMethod]
    public async Task Commit_RequiredColumnIsNull_IsRefusedAndLeavesNoFile()
    {
        using var lake = new Lake();
        var table = await lake.CreateAsync("charges");
        var before = lake.Files().Count();

        var refusal = await Assert.ThrowsExactlyAsync<IcebergException>(
            () => DataFileWriter.WriteAsync(table, lake.Connection, "SELECT NULL AS event_id, 1 AS amount_minor"));

        Assert.Contains("event_id", refusal.Message);
        Assert.AreEqual(before, lake.Files().Count());
    }
}
