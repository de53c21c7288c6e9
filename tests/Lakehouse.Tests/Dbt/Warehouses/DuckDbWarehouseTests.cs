using Recoup.Lakehouse.Dbt.Warehouses;
using Recoup.Lakehouse.Dbt.Warehouses.DuckDb;

namespace Recoup.Lakehouse.Tests.Dbt.Warehouses;

[TestClass]
public sealed class DuckDbWarehouseTests : WarehouseContract
{
    private protected override (string Integer, string Long, string Text) Types => ("INTEGER", "BIGINT", "VARCHAR");

    private protected override string ColumnClass => "DuckDBColumn";

    private protected override Task<IWarehouse> OpenAsync() => Task.FromResult<IWarehouse>(new DuckDbWarehouse(":memory:"));

    [TestMethod]
    public async Task File_OpenedAgain_HasTheTables()
    {
        var folder = Directory.CreateTempSubdirectory("dbt-");
        try
        {
            var path = Path.Combine(folder.FullName, "gold.duckdb");
            await using (var warehouse = new DuckDbWarehouse(path))
            {
                await warehouse.CreateTableAsync(new Relation("gold", "main", "kept"), "select 1 as n -- a comment at the end", TableLayout.Default, default);
            }

            await using var again = new DuckDbWarehouse(path);
            Assert.AreEqual(1L, (await again.QueryAsync("select n from \"gold\".\"main\".\"kept\"", default)).Rows[0][0]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestMethod]
    public async Task CreateTable_WithProperties_IsRefusedByName()
    {
        await using var warehouse = new DuckDbWarehouse(":memory:");
        var refused = await Assert.ThrowsExactlyAsync<WarehouseException>(() => warehouse.CreateTableAsync(
            new Relation(null, "main", "t"), "select 1 as n", new TableLayout(new Dictionary<string, string> { ["partitioning"] = "ARRAY['n']" }), default));
        Assert.Contains("'partitioning'", refused.Message);
    }

    [TestMethod]
    public async Task Query_Values_HaveTheirTypes()
    {
        await using var warehouse = new DuckDbWarehouse(":memory:");
        var row = (await warehouse.QueryAsync(
            "select 1::tinyint, 2::hugeint, 1.5::float, 1.25::decimal(9,2), date '2026-01-31', timestamp '2026-01-31 10:00:00', timestamptz '2026-01-31 10:00:00+02', time '10:00:00', 'x', true, [1, 2], null",
            default)).Rows[0];
        Assert.AreEqual(
            "Int64 BigInteger Double Decimal DateOnly DateTime DateTimeOffset TimeOnly String Boolean List`1 null",
            string.Join(' ', row.Select(cell => cell?.GetType().Name ?? "null")));
    }
}
