using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Commits;
using Recoup.Lakehouse.Iceberg.Maintenance;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Writes;

namespace Recoup.Lakehouse.Tests.Iceberg.Maintenance;

[TestClass]
public sealed class MaintenanceTests
{
    private const string OneRow = "SELECT 'a' AS event_id, 1 AS amount_minor, TIMESTAMPTZ '2026-11-23 10:00:00+00' AS created_at";
    private static readonly CompactionOptions Small = new() { MinInputFiles = 2 };

    [TestMethod]
    public async Task Compact_ManySmallFiles_LeavesOneAPartitionAndTheSameRows()
    {
        using var lake = new Lake();
        var table = await lake.CreateByDayAsync("charges");
        var offsets = SourceOffsets.None.With("payments.charges", 0, 1);
        var first = lake.Begin();
        first.For(table).AdvanceOffsets(SourceOffsets.None, offsets);
        table = (await first.CommitAsync())[0];
        for (var append = 0; append < 4; append++)
        {
            table = await lake.AppendAsync(table, $"{OneRow} UNION ALL SELECT 'b', {append}, TIMESTAMPTZ '2026-11-24 10:00:00+00'");
        }

        var before = await lake.ReadAsync(table);
        var compacted = await new Compaction(lake.Catalog, lake.Clock).CompactAsync(table.Identifier, lake.Connection, Small);

        table = await lake.LoadAsync("charges");
        Assert.AreEqual(new CompactedFiles(8, 2, 0), compacted);
        Assert.HasCount(2, await table.Scan().PlanAsync());
        Assert.AreEqual("replace", table.CurrentSnapshot!.Operation);
        Assert.AreEqual("8", table.CurrentSnapshot.Summary["total-records"]);
        Assert.AreEqual(offsets, SourceOffsets.Of(table.Metadata));
        CollectionAssert.AreEqual(before, await lake.ReadAsync(table));
    }

    [TestMethod]
    public async Task Compact_LargeFileBesideSmallOnes_IsNotWrittenAgain()
    {
        using var lake = new Lake();
        var table = await lake.AppendAsync(await lake.CreateAsync("charges"), "SELECT md5(range::VARCHAR) AS event_id, range AS amount_minor FROM range(50000)");
        var large = (await table.Scan().PlanAsync()).Single().File.FilePath;
        for (var append = 0; append < 3; append++)
        {
            table = await lake.AppendAsync(table, OneRow);
        }

        var compacted = await new Compaction(lake.Catalog, lake.Clock).CompactAsync(table.Identifier, lake.Connection, Small);

        Assert.AreEqual(new CompactedFiles(3, 1, 0), compacted);
        Assert.Contains(large, (await (await lake.LoadAsync("charges")).Scan().PlanAsync()).Select(task => task.File.FilePath).ToList());
        Assert.AreEqual(50_003, await lake.CountAsync(await lake.LoadAsync("charges")));
    }

    [TestMethod]
    public async Task Upkeep_BetweenManyAppends_KeepsFilesAndSnapshotsFew()
    {
        using var lake = new Lake();
        using var upkeep = new TableUpkeep(lake.Catalog, lake.Clock);
        var table = await lake.CreateByDayAsync("charges");
        var mostFiles = 0;
        for (var append = 1; append <= 150; append++)
        {
            lake.Clock.Advance(TimeSpan.FromSeconds(4));
            table = await lake.AppendAsync(table, OneRow);
            if (append % 25 is 0)
            {
                mostFiles = Math.Max(mostFiles, (await table.Scan().PlanAsync()).Count);
                await upkeep.RunAsync(table.Identifier);
                table = await lake.LoadAsync("charges");
            }
        }

        Assert.IsLessThanOrEqualTo(40, mostFiles);
        Assert.AreEqual(150, await lake.CountAsync(table));
        Assert.IsLessThan(100, table.Metadata.Snapshots.Count);
    }

    [TestMethod]
    public async Task Compact_SortedTable_NewFileIsSortedAndSaysSo()
    {
        using var lake = new Lake();
        var order = new SortOrder { Fields = [new SortField(Transform.Identity, 2, "desc", "nulls-last")] };
        var table = await lake.Catalog.CreateTableAsync(new TableIdentifier(Lake.Space, "charges"), new TableDefinition(Lake.Charges) { SortOrder = order });
        for (var file = 0; file < 3; file++)
        {
            table = await lake.AppendAsync(table, $"SELECT 'e' || range AS event_id, nullif(range * 3 + {file}, 4) AS amount_minor FROM range(4)");
        }

        await new Compaction(lake.Catalog, lake.Clock).CompactAsync(table.Identifier, lake.Connection, Small);

        table = await lake.LoadAsync("charges");
        var compacted = (await table.Scan().PlanAsync()).Single().File;
        Assert.AreEqual(table.Metadata.DefaultSortOrderId, compacted.SortOrderId);
        var path = await lake.Storage.LocalPathAsync(compacted.FilePath, default);
        var amounts = Duck.Texts(lake.Connection, $"SELECT coalesce(CAST(amount_minor AS VARCHAR), 'NULL') FROM read_parquet('{path}', file_row_number=true) ORDER BY file_row_number");
        Assert.AreEqual("11,10,9,8,7,6,5,3,2,1,0,NULL", string.Join(',', amounts));
    }

    [TestMethod]
    public async Task Compact_FileWithPositionDeletes_DeletedRowsAndDeleteFileAreGone()
    {
        using var lake = new Lake();
        var table = await lake.AppendAsync(await lake.CreateAsync("charges"), "SELECT 'e' || range AS event_id, range AS amount_minor FROM range(10)");
        table = await DeletePositionsAsync(lake, table, 0, 4, 9);
        Assert.AreEqual(7, await lake.CountAsync(table));

        var compacted = await new Compaction(lake.Catalog, lake.Clock).CompactAsync(table.Identifier, lake.Connection, Small);

        table = await lake.LoadAsync("charges");
        Assert.AreEqual(new CompactedFiles(1, 1, 1), compacted);
        Assert.AreEqual(7, await lake.CountAsync(table));
        Assert.AreEqual("0", table.CurrentSnapshot!.Summary["total-delete-files"]);
        Assert.AreEqual("0", table.CurrentSnapshot.Summary["total-position-deletes"]);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task ReplaceOrRewrite_RowsWereDeletedMeanwhile_IsRefused(bool isRewrite)
    {
        using var lake = new Lake();
        var started = await lake.AppendAsync(await lake.CreateAsync("charges"), OneRow);
        var old = (await started.Scan().PlanAsync()).Select(task => task.File).ToArray();
        var rewritten = await DataFileWriter.WriteAsync(started, lake.Connection, OneRow);
        await DeletePositionsAsync(lake, started, 0);
        var transaction = lake.Begin();
        var change = transaction.For(started);
        _ = isRewrite ? change.Rewrite(old, rewritten) : change.Replace(old, rewritten);

        var refusal = await Assert.ThrowsExactlyAsync<IcebergException>(() => transaction.CommitAsync());

        Assert.AreEqual(IcebergFailure.CommitConflict, refusal.Failure);
        Assert.AreEqual(0, await lake.CountAsync(await lake.LoadAsync("charges")));
    }

    [TestMethod]
    public async Task Expire_OldSnapshots_TheirFilesGoAndTheRowsStay()
    {
        using var lake = new Lake();
        var table = await lake.CreateAsync("charges");
        for (var append = 0; append < 5; append++)
        {
            table = await lake.AppendAsync(table, OneRow);
            lake.Clock.Advance(TimeSpan.FromHours(1));
        }

        await new Compaction(lake.Catalog, lake.Clock).CompactAsync(table.Identifier, lake.Connection, Small);
        lake.Clock.Advance(TimeSpan.FromHours(1));
        var expired = await new SnapshotExpiry(lake.Catalog, lake.Clock).ExpireAsync(table.Identifier, new SnapshotRetention(TimeSpan.FromMinutes(30)));

        table = await lake.LoadAsync("charges");
        Assert.AreEqual(5, expired.Snapshots);
        Assert.HasCount(1, table.Metadata.Snapshots);
        Assert.AreEqual(5, await lake.CountAsync(table));
        Assert.AreEqual(1, lake.Files().Count(file => file.EndsWith(".parquet", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Expire_SnapshotWithTag_Stays()
    {
        using var lake = new Lake();
        var table = await lake.AppendAsync(await lake.CreateAsync("charges"), OneRow);
        var tagged = table.CurrentSnapshot!.SnapshotId;
        var tag = lake.Begin();
        tag.For(table).Update(new SetSnapshotRef("audit", "tag", tagged));
        table = (await tag.CommitAsync())[0];
        lake.Clock.Advance(TimeSpan.FromDays(1));
        await lake.AppendAsync(table, OneRow);
        lake.Clock.Advance(TimeSpan.FromDays(1));

        await new SnapshotExpiry(lake.Catalog, lake.Clock).ExpireAsync(table.Identifier, new SnapshotRetention(TimeSpan.Zero));

        table = await lake.LoadAsync("charges");
        Assert.AreEqual(1, lake.Query(await table.Scan().AtReference("audit").ToSqlAsync(lake.Connection), table.Schema).Length);
    }

    [TestMethod]
    public async Task RemoveOrphans_BesideARunningWriter_TakesOldStrangersOnly()
    {
        using var lake = new Lake();
        var table = await lake.AppendAsync(await lake.CreateAsync("charges"), OneRow);
        var crashed = await DataFileWriter.WriteAsync(table, lake.Connection, OneRow);
        var running = await DataFileWriter.WriteAsync(table, lake.Connection, OneRow);
        foreach (var file in lake.Files().Where(file => !file.EndsWith(Path.GetFileName(running[0].FilePath), StringComparison.Ordinal)))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-2));
        }

        var removed = await new OrphanRemoval(lake.Catalog, TimeProvider.System).RemoveAsync(table.Identifier, TimeSpan.FromDays(1));
        var late = lake.Begin();
        late.For(table).Append(running);
        table = (await late.CommitAsync())[0];

        CollectionAssert.AreEqual(new[] { crashed[0].FilePath }, removed.ToArray());
        Assert.AreEqual(2, await lake.CountAsync(table));
    }

    [TestMethod]
    public async Task Append_ManyCommits_ManifestsAreMergedAndEveryRowIsThere()
    {
        using var lake = new Lake();
        var table = await lake.CreateAsync("charges", properties: (TableProperties.ManifestsToMerge, "4"));
        for (var append = 0; append < 11; append++)
        {
            table = await lake.AppendAsync(table, OneRow);
            Assert.IsLessThan(4, (await table.Manifests.ManifestsAsync(table.CurrentSnapshot, default)).Count);
        }

        Assert.AreEqual(11, await lake.CountAsync(table));
        var entries = await table.Manifests.LiveEntriesAsync(table.Metadata, table.CurrentSnapshot, default);
        CollectionAssert.AreEquivalent(Enumerable.Range(1, 11).Select(number => (long?)number).ToArray(), entries.Select(entry => entry.SequenceNumber).ToArray());
    }

    [TestMethod]
    public async Task Overwrite_PartitionsOrAll_ReplacesWhatIsThere()
    {
        using var lake = new Lake();
        var table = await lake.AppendAsync(await lake.CreateByDayAsync("charges"), $"{OneRow} UNION ALL SELECT 'old', 2, TIMESTAMPTZ '2026-11-24 10:00:00+00'");
        var partition = lake.Begin();
        partition.For(table).OverwritePartitions(await DataFileWriter.WriteAsync(table, lake.Connection, "SELECT 'new' AS event_id, TIMESTAMPTZ '2026-11-24 11:00:00+00' AS created_at"));
        table = (await partition.CommitAsync())[0];
        CollectionAssert.AreEqual(lake.Query($"{OneRow} UNION ALL SELECT 'new', NULL, TIMESTAMPTZ '2026-11-24 11:00:00+00'", table.Schema), await lake.ReadAsync(table));

        var all = lake.Begin();
        all.For(table).Overwrite(await DataFileWriter.WriteAsync(table, lake.Connection, OneRow));
        table = (await all.CommitAsync())[0];

        CollectionAssert.AreEqual(lake.Query(OneRow, table.Schema), await lake.ReadAsync(table));
        Assert.AreEqual("overwrite", table.CurrentSnapshot!.Operation);
        Assert.AreEqual("1", table.CurrentSnapshot.Summary["total-records"]);
    }

    [TestMethod]
    public async Task UpdateSchema_AddRenameWiden_OldRowsAreReadUnderNewColumns()
    {
        using var lake = new Lake();
        var schema = new Schema { Fields = [new NestedField(1, "id", PrimitiveType.Int), new NestedField(2, "old", PrimitiveType.String)] };
        var table = await lake.AppendAsync(await lake.CreateAsync("evolving", schema), "SELECT 1 AS id, 'x' AS old");
        var change = lake.Begin();
        change.For(table).UpdateSchema(columns => columns.Rename("old", "new").Widen("id", PrimitiveType.Long).Add("more", PrimitiveType.Decimal(9, 2)));
        table = (await change.CommitAsync())[0];

        table = await lake.AppendAsync(table, "SELECT 5000000000 AS id, 'y' AS \"new\", 1.25 AS more");

        const string expected = "SELECT CAST(1 AS BIGINT) AS id, 'x' AS \"new\", CAST(NULL AS DECIMAL(9,2)) AS more UNION ALL SELECT 5000000000, 'y', 1.25";
        CollectionAssert.AreEqual(lake.Query(expected, table.Schema), await lake.ReadAsync(table));
    }

    /// <summary>Deletes rows of a table's only file by position, as Trino does.</summary>
    private static async Task<Table> DeletePositionsAsync(Lake lake, Table table, params long[] positions)
    {
        var data = (await table.Scan().PlanAsync())[0].File;
        var location = $"{table.Metadata.Location}/data/{Guid.NewGuid():N}-deletes.parquet";
        var path = lake.Storage.StagingPath(location);
        Duck.Run(lake.Connection, $"""
            COPY (SELECT '{data.FilePath}' AS file_path, CAST(unnest([{string.Join(',', positions)}]) AS BIGINT) AS pos) TO '{path}'
            (FORMAT parquet, FIELD_IDS {"{file_path: 2147483546, pos: 2147483545}"})
            """);
        var transaction = lake.Begin();
        transaction.For(table).Append([new DataFile
        {
            Content = FileContent.PositionDeletes,
            FilePath = location,
            RecordCount = positions.Length,
            FileSizeInBytes = new FileInfo(path).Length,
            Partition = data.Partition,
            SpecId = data.SpecId,
        }]);
        return (await transaction.CommitAsync())[0];
    }
}
