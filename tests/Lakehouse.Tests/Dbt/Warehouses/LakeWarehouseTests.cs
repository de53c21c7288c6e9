using Recoup.Lakehouse.Dbt.Warehouses;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Maintenance;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Query;
using Recoup.Lakehouse.Query.DuckDb;
using Recoup.Lakehouse.Tests.Iceberg;

namespace Recoup.Lakehouse.Tests.Dbt.Warehouses;

[TestClass]
public sealed class LakeWarehouseTests : WarehouseContract
{
    private static readonly Relation Payments = new("lake", "silver", "payments");
    private static readonly IncrementalPlan Merge = new(IncrementalStrategy.Merge) { UniqueKey = ["id"] };

    private protected override (string Integer, string Long, string Text) Types => ("integer", "bigint", "varchar");

    private protected override string ColumnClass => "TrinoColumn";

    private protected override Task<IWarehouse> OpenAsync() => Task.FromResult<IWarehouse>(new OwnedLakeWarehouse(new LakeRoom(isTrino: true)));

    [TestMethod]
    public async Task Query_NamesWithTheCatalog_AreFoundAndTextIsLeft()
    {
        await using var room = await SilverAsync();
        await room.Warehouse.CreateTableAsync(Payments, "select 'lake.silver.payments' as t, '\"lake\".\"silver\".x' as u -- lake.a.b", TableLayout.Default, default);
        CollectionAssert.AreEqual(
            new[] { "lake.silver.payments|\"lake\".\"silver\".x" }, await room.RowsAsync("select \"lake\".\"silver\".\"payments\".t, u from \"lake\".\"silver\".\"payments\""));
    }

    [TestMethod]
    public async Task CreateTable_Types_AreTrinosAndReadBack()
    {
        await using var room = await SilverAsync();
        await room.Warehouse.CreateTableAsync(
            Payments,
            """
            select sum(cast(n as bigint)) as total, cast(1.50 as decimal(18, 2)) as amount, timestamptz '2026-01-31 10:00:00.123456+02' as happened, timestamp '2026-01-31 10:00:00' as local,
                date '2026-01-31' as day, true as ok, 1.5e0::double as rate, 'x'::blob as bytes, [1, 2] as list, {'a': 1, 'b': 'y'} as structure, sum(cast(1.5 as decimal(9,2))) as sums
            from (values (1), (2)) as t(n)
            """,
            TableLayout.Default, default);
        Assert.AreEqual(
            "total bigint, amount decimal(18, 2), happened timestamp(6) with time zone, local timestamp(6), day date, ok boolean, rate double, bytes varbinary, list array(integer), structure row(a integer, b varchar), sums decimal(38, 2)",
            string.Join(", ", (await room.Warehouse.ColumnsAsync(Payments, default)).Select(column => $"{column.Name} {column.Type}")));
        Assert.AreEqual("3|1.50|2026-01-31 08:00:00.123456+00|3.00", string.Join('\n', await room.RowsAsync("select total, amount, cast(happened as varchar), cast(sums as varchar) from silver.payments")));
    }

    [TestMethod]
    public async Task CreateTable_SumTooLargeForBigint_IsAnError()
    {
        await using var room = await SilverAsync();
        await Assert.ThrowsExactlyAsync<WarehouseException>(() => room.Warehouse.CreateTableAsync(
            Payments, "select sum(n) as total from (values (9223372036854775807), (1)) as t(n)", TableLayout.Default, default));
        Assert.IsEmpty(await room.Warehouse.ListAsync("silver", default));
    }

    [TestMethod]
    [DataRow("select interval 1 day as n", "INTERVAL")]
    [DataRow("create table x as select 1 as n", "Only one statement that reads")]
    [DataRow("select * from read_csv('/etc/passwd')", "read_csv")]
    [DataRow("select 1 as n from silver.paiments", "silver.payments")]
    public async Task CreateTable_WhatTheLakeCannotHold_IsRefusedByName(string sql, string expected)
    {
        await using var room = await SilverAsync();
        await room.Warehouse.CreateTableAsync(Payments, "select 1 as id", TableLayout.Default, default);
        var refused = await Assert.ThrowsExactlyAsync<WarehouseException>(() => room.Warehouse.CreateTableAsync(Payments with { Name = "other" }, sql, TableLayout.Default, default));
        Assert.Contains(expected, refused.Message);
    }

    [TestMethod]
    public async Task CreateTable_Again_IsOneSnapshotAndKeepsTheIdsOfColumns()
    {
        await using var room = await SilverAsync();
        await room.Warehouse.CreateTableAsync(Payments, "select 1 as id, 'a' as status, 'x' as gone", TableLayout.Default, default);
        var before = await room.TableAsync("payments");
        await room.Warehouse.CreateTableAsync(Payments, "select 'b' as status, cast(2 as bigint) as id, 3 as more", TableLayout.Default, default);
        var after = await room.TableAsync("payments");
        Assert.AreEqual(before.Metadata.TableUuid, after.Metadata.TableUuid);
        Assert.HasCount(2, after.Metadata.Snapshots);
        Assert.AreEqual("status 2, id 1, more 4", string.Join(", ", after.Schema.Fields.Select(field => $"{field.Name} {field.Id}")));
        Assert.AreEqual(after.Schema.SchemaId, after.CurrentSnapshot!.SchemaId, "time travel finds the new columns");
        Assert.AreEqual("x", Duck.Scalar<string>(room.Lake.Connection, $"select gone from ({await after.Scan().AtSnapshot(before.CurrentSnapshot!.SnapshotId).ToSqlAsync(room.Lake.Connection)})"));
    }

    [TestMethod]
    public async Task CreateTable_ColumnOfAnotherType_GetsANewId()
    {
        await using var room = await SilverAsync();
        await room.Warehouse.CreateTableAsync(Payments, "select 'a' as status", TableLayout.Default, default);
        await room.Warehouse.CreateTableAsync(Payments, "select 5 as status", TableLayout.Default, default);
        Assert.AreEqual(2, (await room.TableAsync("payments")).Schema.Fields[0].Id);
        CollectionAssert.AreEqual(new[] { "5" }, await room.RowsAsync("select * from silver.payments"));
    }

    [TestMethod]
    public async Task CreateTable_Layout_PartitionsAndSorts()
    {
        await using var room = await SilverAsync();
        const string Rows = "select i as id, timestamptz '2026-01-01 00:00:00+00' + interval (i % 3) day as at from range(30) as t(i)";
        await room.Warehouse.CreateTableAsync(Payments, Rows, Layout(("partitioning", "ARRAY['day(at)']"), ("sorted_by", "ARRAY['id DESC']"), ("format", "'PARQUET'")), default);
        var table = await room.TableAsync("payments");
        Assert.AreEqual(Transform.Day, table.Metadata.DefaultSpec.Fields.Single().Transform);
        var tasks = await table.Scan().PlanAsync();
        Assert.HasCount(3, tasks);
        var file = await table.Scan().ToSqlAsync(room.Lake.Connection, [tasks[0]], default);
        Assert.AreEqual(10, Duck.Scalar<int>(room.Lake.Connection, $"select count(*) from (select id < lag(id, 1, 99) over () as falls from ({file})) where falls"));

        await room.Warehouse.CreateTableAsync(Payments, Rows, TableLayout.Default, default);
        table = await room.TableAsync("payments");
        Assert.IsEmpty(table.Metadata.DefaultSpec.Fields);
        CollectionAssert.AreEqual(new[] { "30" }, await room.RowsAsync("select count(*) from silver.payments"));
    }

    [TestMethod]
    public async Task CreateTable_WithoutThePartitionColumn_IsMadeAnew()
    {
        await using var room = await SilverAsync();
        await room.Warehouse.CreateTableAsync(Payments, "select 1 as id, 'x' as provider", Layout(("partitioning", "ARRAY['provider']")), default);
        await room.Warehouse.CreateTableAsync(Payments, "select 2 as id", TableLayout.Default, default);
        CollectionAssert.AreEqual(new[] { "2" }, await room.RowsAsync("select * from silver.payments"));
    }

    [TestMethod]
    [DataRow("partitioning", "ARRAY['month(at)']", "month(at)")]
    [DataRow("partitioning", "'at'", "an array is expected")]
    [DataRow("partitioning", "ARRAY['nothing']", "nothing")]
    [DataRow("format", "'ORC'", "'PARQUET' is written")]
    [DataRow("location", "'/tmp/x'", "'location' is not known")]
    [DataRow("sorted_by", "ARRAY['id sideways']", "id sideways")]
    public async Task CreateTable_LayoutThatIsNotWritten_IsRefusedByName(string key, string value, string expected)
    {
        await using var room = await SilverAsync();
        var refused = await Assert.ThrowsExactlyAsync<WarehouseException>(
            () => room.Warehouse.CreateTableAsync(Payments, "select 1 as id, timestamp '2026-01-01' as at", Layout((key, value)), default));
        Assert.Contains(expected, refused.Message);
    }

    [TestMethod]
    public async Task BeginRun_SourceGrowsMeanwhile_IsReadAsItWas()
    {
        await using var room = await SilverAsync();
        var source = await room.Lake.AppendAsync(await room.Lake.CreateAsync("charges"), "select 'e1' as event_id, 1 as amount_minor");
        await room.Warehouse.BeginRunAsync(default);
        await room.Lake.AppendAsync(source, "select 'e2' as event_id, 2 as amount_minor");
        await room.Warehouse.CreateTableAsync(Payments, "select event_id from bronze.charges", TableLayout.Default, default);
        CollectionAssert.AreEqual(new[] { "e1" }, await room.RowsAsync("select * from silver.payments"));
        await room.Warehouse.BeginRunAsync(default);
        CollectionAssert.AreEqual(new[] { "2" }, await room.RowsAsync("select count(*) from bronze.charges"));
    }

    [TestMethod]
    [DataRow(nameof(IncrementalStrategy.Merge))]
    [DataRow(nameof(IncrementalStrategy.DeleteInsert))]
    public async Task Increment_KeysInOneFile_RewritesThatFileOnlyInOneCommit(string strategy)
    {
        await using var room = await SilverAsync();
        await room.Warehouse.CreateTableAsync(
            Payments, "select i as id, 'old' as status, date '2026-01-01' + cast(i // 10 as integer) as day from range(50) as t(i)", Layout(("partitioning", "ARRAY['day']")), default);
        var before = await room.TableAsync("payments");
        await room.Warehouse.IncrementAsync(
            Payments, "select 12 as id, 'new' as status, date '2026-01-02' as day", Merge with { Strategy = Enum.Parse<IncrementalStrategy>(strategy) }, default);
        var after = await room.TableAsync("payments");
        Assert.HasCount(before.Metadata.Snapshots.Count + 1, after.Metadata.Snapshots);
        Assert.AreEqual("1", after.CurrentSnapshot!.Summary["deleted-data-files"]);
        Assert.AreEqual("overwrite", after.CurrentSnapshot.Summary["operation"]);
        CollectionAssert.AreEqual(new[] { "50|1" }, await room.RowsAsync("select count(*), count(*) filter (where status = 'new') from silver.payments"));
    }

    [TestMethod]
    public async Task Merge_TwoRowsForOneKey_IsAnErrorAsInTrino()
    {
        await using var room = await SilverAsync();
        await room.Warehouse.CreateTableAsync(Payments, "select 1 as id, 'a' as status", TableLayout.Default, default);
        var refused = await Assert.ThrowsExactlyAsync<WarehouseException>(
            () => room.Warehouse.IncrementAsync(Payments, "select 1 as id, unnest(['b', 'c']) as status", Merge, default));
        Assert.Contains("matched more than one source row", refused.Message);
        await room.Warehouse.IncrementAsync(Payments, "select 2 as id, unnest(['b', 'c']) as status", Merge, default);
        CollectionAssert.AreEqual(new[] { "1|a", "2|b", "2|c" }, await room.RowsAsync("select * from silver.payments order by all"));
    }

    [TestMethod]
    public async Task SyncAllColumns_TypeNarrows_RewritesAllRows()
    {
        await using var room = await SilverAsync();
        await room.Warehouse.CreateTableAsync(Payments, "select 1 as id, '7' as n", TableLayout.Default, default);
        await room.Warehouse.IncrementAsync(Payments, "select 2 as id, 8 as n", Merge with { OnSchemaChange = OnSchemaChange.SyncAllColumns }, default);
        CollectionAssert.AreEqual(new[] { "1|7", "2|8" }, await room.RowsAsync("select * from silver.payments order by all"));
        Assert.AreEqual("integer", (await room.Warehouse.ColumnsAsync(Payments, default))[1].Type);
    }

    [TestMethod]
    public async Task Increment_CompactionTakesTheFiles_IsMadeAnewOnWhatItLeft()
    {
        var hook = new HookedStorage.Hook();
        await using var room = new LakeRoom((storage, _) => new HookedStorage(storage, hook));
        await room.Warehouse.CreateSchemaAsync("silver", default);
        await room.Warehouse.CreateTableAsync(Payments, "select 1 as id, 'a' as status", TableLayout.Default, default);
        await room.Warehouse.IncrementAsync(Payments, "select 2 as id, 'a' as status", Merge, default);
        hook.BeforePublish = () =>
        {
            hook.BeforePublish = null;
            return new Compaction(room.Lake.Catalog, room.Lake.Clock).CompactAsync(
                new TableIdentifier("silver", "payments"), room.Lake.Connection, new CompactionOptions { MinInputFiles = 2 });
        };
        await room.Warehouse.IncrementAsync(Payments, "select 1 as id, 'b' as status", Merge, default);
        CollectionAssert.AreEqual(new[] { "1|b", "2|a" }, await room.RowsAsync("select * from silver.payments order by all"));
        Assert.Contains("replace", (await room.TableAsync("payments")).Metadata.Snapshots.Select(snapshot => snapshot.Summary["operation"]));
    }

    [TestMethod]
    public async Task Increment_OthersChangeRowsMeanwhile_SeesThemOnTheNextTry()
    {
        var hook = new HookedStorage.Hook();
        await using var room = new LakeRoom((storage, _) => new HookedStorage(storage, hook));
        await room.Warehouse.CreateSchemaAsync("silver", default);
        await room.Warehouse.CreateTableAsync(Payments, "select 1 as id, 'a' as status", TableLayout.Default, default);
        hook.BeforePublish = async () =>
        {
            hook.BeforePublish = null;
            await room.Lake.AppendAsync(await room.TableAsync("payments"), "select 2 as id, 'rival' as status");
        };
        await room.Warehouse.IncrementAsync(Payments, "select 2 as id, 'ours' as status", Merge, default);
        CollectionAssert.AreEqual(new[] { "1|a", "2|ours" }, await room.RowsAsync("select * from silver.payments order by all"));
    }

    [TestMethod]
    public async Task Replace_ReadersMeanwhile_SeeOldOrNewAndNothingElse()
    {
        await using var room = await SilverAsync();
        await room.Warehouse.CreateTableAsync(Payments, "select 0 as run, i from range(1000) as t(i)", TableLayout.Default, default);
        using var done = new CancellationTokenSource();
        using var engine = new DuckDbQueryEngine(room.Lake.Catalog, new QueryOptions(), TimeProvider.System);
        var reads = Task.Run(async () =>
        {
            var seen = new List<string>();
            while (!done.IsCancellationRequested)
            {
                await using var result = await engine.ExecuteAsync("select min(run) = max(run) and count(*) = 1000, min(run) from silver.payments");
                seen.Add((await result.ReadTextAsync().ToArrayAsync())[0][0]!);
            }

            return seen;
        });
        for (var run = 1; run <= 8; run++)
        {
            await room.Warehouse.CreateTableAsync(Payments, $"select {run} as run, i from range(1000) as t(i)", TableLayout.Default, default);
        }

        await done.CancelAsync();
        var answers = await reads;
        Assert.IsNotEmpty(answers);
        Assert.IsTrue(answers.TrueForAll(answer => answer == "true"), string.Join(' ', answers));
    }

    [TestMethod]
    public async Task CreateView_QueriedByTheEngine_IsFoundListedAndPruned()
    {
        await using var room = await SilverAsync();
        await room.Warehouse.CreateTableAsync(
            Payments, "select i as id, date '2026-01-01' + cast(i // 10 as integer) as day from range(50) as t(i)", Layout(("partitioning", "ARRAY['day']")), default);
        await room.Warehouse.CreateViewAsync(Payments with { Name = "late" }, "select id, day from \"lake\".\"silver\".\"payments\" where day >= date '2026-01-04'", default);
        var view = await room.Lake.Catalog.LoadViewAsync(new TableIdentifier("silver", "late"));
        Assert.AreEqual("select id, day from \"silver\".\"payments\" where day >= date '2026-01-04'", view.TrinoSql);
        Assert.AreEqual("long, date", string.Join(", ", view.Schema.Fields.Select(field => field.Type)));

        using var parser = new Lakehouse.Query.Statements.StatementParser();
        using var views = new LakeViews(parser, new ViewSql(LakeRoom.AsWritten));
        var planned = await views.PlanAsync(parser.Parse("select count(*) from silver.late"), new CurrentLake(room.Lake.Catalog), default);
        Assert.AreEqual("silver.payments, silver.late", string.Join(", ", planned.Select(shown => shown.Identifier)));
        Assert.AreEqual(2, planned[0].Select.Split(".parquet'").Length - 1, "the view's own WHERE chooses the files");
        planned = await views.PlanAsync(parser.Parse("select count(*) from silver.late, silver.payments"), new CurrentLake(room.Lake.Catalog), default);
        Assert.AreEqual(5, planned[0].Select.Split(".parquet'").Length - 1, "what the view can do without, the statement needs");
    }

    [TestMethod]
    public async Task CreateView_InTrinosSql_IsAnsweredByTheEngine()
    {
        await using var room = new LakeRoom(isTrino: true);
        await room.Warehouse.CreateSchemaAsync("silver", default);
        await room.Warehouse.CreateTableAsync(Payments, "SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t(id, status)", TableLayout.Default, default);
        await room.Warehouse.CreateViewAsync(Payments with { Name = "shares" }, "SELECT status, 7 / 2 AS half FROM \"lake\".\"silver\".\"payments\"", default);
        using var engine = new DuckDbQueryEngine(room.Lake.Catalog, new QueryOptions(), TimeProvider.System);
        foreach (var (sql, expected) in new[]
        {
            ("SELECT count(*) FROM silver.payments", "2"),
            ("SELECT sum(half) FROM silver.shares", "6"),
            ("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'silver'", "2"),
        })
        {
            await using var result = await engine.ExecuteAsync(sql);
            Assert.AreEqual(expected, (await result.ReadTextAsync().ToArrayAsync())[0][0], sql);
        }
    }

    [TestMethod]
    public async Task CreateView_AgainAndByOthers_KeepsItsIdentity()
    {
        await using var room = await SilverAsync();
        var identifier = new TableIdentifier("silver", "payments");
        await room.Warehouse.CreateViewAsync(Payments, "select 1 as n", default);
        var first = await room.Lake.Catalog.LoadViewAsync(identifier);
        await room.Warehouse.CreateViewAsync(Payments, "select 'x' as t", default);
        var second = await room.Lake.Catalog.LoadViewAsync(identifier);
        Assert.AreEqual(first.Metadata.ViewUuid, second.Metadata.ViewUuid);
        Assert.AreEqual((2, 2), (second.Metadata.CurrentVersionId, second.Metadata.VersionLog.Count));
        Assert.AreEqual("t", second.Schema.Fields.Single().Name);
        await Assert.ThrowsExactlyAsync<IcebergException>(() => room.Lake.Catalog.LoadTableAsync(identifier));
        var full = await Assert.ThrowsExactlyAsync<IcebergException>(() => room.Lake.Catalog.DropNamespaceAsync(new TableNamespace("silver")));
        Assert.AreEqual(IcebergFailure.NamespaceNotEmpty, full.Failure);
    }

    private static async Task<LakeRoom> SilverAsync()
    {
        var room = new LakeRoom();
        await room.Warehouse.CreateSchemaAsync("silver", default);
        return room;
    }

    private static TableLayout Layout(params (string Key, string Value)[] properties) => new(properties.ToDictionary(pair => pair.Key, pair => pair.Value));
}
