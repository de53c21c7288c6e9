using Recoup.Lakehouse.Dbt.Warehouses;
using Recoup.Lakehouse.Dbt.Warehouses.Lake;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Storage;
using Recoup.Lakehouse.Tests.Iceberg.Storage;

namespace Recoup.Lakehouse.Tests.Dbt.Warehouses;

/// <summary>A run that dies at any step of the storage leaves each table as it was or as it should be, and the next run completes.</summary>
[TestClass]
public sealed class LakeKillTests
{
    private static readonly Relation Payments = new(null, "silver", "payments");
    private static readonly IncrementalPlan Merge = new(IncrementalStrategy.Merge) { UniqueKey = ["id"], OnSchemaChange = OnSchemaChange.AppendNewColumns };

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public Task FirstBuild_DiesAtAnyStep_IsThereWholeOrNotAtAll(bool afterTheStep) => DiesAnywhereAsync(
        afterTheStep,
        _ => Task.CompletedTask,
        warehouse => warehouse.CreateTableAsync(Payments, "select i as id, 'new' as status from range(10) as t(i)", TableLayout.Default, default),
        [null, "10 new"],
        "10 new");

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public Task Replace_DiesAtAnyStep_IsOldOrNew(bool afterTheStep) => DiesAnywhereAsync(
        afterTheStep,
        OldAsync,
        warehouse => warehouse.CreateTableAsync(Payments, "select i as id, 'new' as status, 1 as more from range(10) as t(i)", TableLayout.Default, default),
        ["5 old", "10 new"],
        "10 new");

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public Task Merge_DiesAtAnyStep_IsOldOrNew(bool afterTheStep) => DiesAnywhereAsync(
        afterTheStep,
        OldAsync,
        warehouse => warehouse.IncrementAsync(Payments, "select i as id, 'new' as status, 1 as more from range(3, 8) as t(i)", Merge, default),
        ["5 old", "5 new, 3 old"],
        "5 new, 3 old");

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public Task View_DiesAtAnyStep_IsOldOrNew(bool afterTheStep) => DiesAnywhereAsync(
        afterTheStep,
        warehouse => warehouse.CreateViewAsync(Payments, "select 1 as id, 'old' as status", default),
        warehouse => warehouse.CreateViewAsync(Payments, "select 1 as id, 'new' as status", default),
        ["1 old", "1 new"],
        "1 new");

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public Task ViewInPlaceOfTable_DiesAtAnyStep_TheNextRunCompletes(bool afterTheStep) => DiesAnywhereAsync(
        afterTheStep,
        OldAsync,
        warehouse => warehouse.CreateViewAsync(Payments, "select 1 as id, 'new' as status", default),
        ["5 old", null, "1 new"],
        "1 new");

    private static Task OldAsync(IWarehouse warehouse) =>
        warehouse.CreateTableAsync(Payments, "select i as id, 'old' as status from range(5) as t(i)", TableLayout.Default, default);

    private static async Task DiesAnywhereAsync(bool afterTheStep, Func<IWarehouse, Task> before, Func<IWarehouse, Task> work, string?[] allowed, string expected)
    {
        var step = 1;
        for (var hasDied = true; hasDied; step++)
        {
            FaultyStorage faults = null!;
            await using var room = new LakeRoom((storage, _) => faults = new FaultyStorage(storage));
            await room.Warehouse.CreateSchemaAsync("silver", default);
            await before(room.Warehouse);
            (faults.DiesAt, faults.DiesAfterTheStep) = (step, afterTheStep);
            hasDied = await DiesAsync(() => work(room.Warehouse));
            Assert.AreEqual(faults.HasDied, hasDied, "a step's failure must not be swallowed");

            // A new process finds the folder as it is, and runs the model again.
            var storage = new LocalStorage(Path.Combine(room.Lake.Folder, "warehouse"));
            using var catalog = new SqliteCatalog(room.Lake.CatalogPath, storage, TimeProvider.System);
            await using var restarted = room.Open(catalog, storage);
            var left = await StateAsync(restarted);
            Assert.Contains(left, allowed, $"step {step}: {left ?? "nothing"}");
            await work(restarted);
            Assert.AreEqual(expected, await StateAsync(restarted), $"step {step}");
            Assert.IsEmpty((await catalog.LoadNamespaceAsync(new TableNamespace("silver"))).Keys, "no build is noted any more");
        }

        Assert.IsGreaterThan(2, step);
    }

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

    private static async Task<string?> StateAsync(LakeWarehouse warehouse) => (await warehouse.ListAsync("silver", default)).Count is 0
        ? null
        : string.Join(", ", (await warehouse.QueryAsync("select count(*), status from silver.payments group by status order by status", default)).Rows.Select(row => $"{row[0]} {row[1]}"));
}
