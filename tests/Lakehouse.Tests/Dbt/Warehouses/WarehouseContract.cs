using Recoup.Lakehouse.Dbt.Warehouses;
using Recoup.Lakehouse.Dbt.Warehouses.Seeds;

namespace Recoup.Lakehouse.Tests.Dbt.Warehouses;

/// <summary>What every warehouse does alike. The SQL here means the same in both dialects.</summary>
public abstract class WarehouseContract
{
    private static readonly Relation Model = new(null, "silver", "payments");

    /// <summary>Types as this warehouse spells them: integer, bigint, text.</summary>
    private protected abstract (string Integer, string Long, string Text) Types { get; }

    private protected abstract Task<IWarehouse> OpenAsync();

    [TestMethod]
    public async Task CreateTable_New_HasTheRowsAndColumns()
    {
        await using var warehouse = await SilverAsync();
        await warehouse.CreateTableAsync(Model, Rows("(1, 'paid', 5), (2, 'lost', 6)"), TableLayout.Default, default);
        await RequireAsync(warehouse, "1|paid|5", "2|lost|6");
        Assert.AreEqual($"id {Types.Integer}, status {Types.Text}, amount {Types.Integer}", await ColumnsAsync(warehouse));
        Assert.AreEqual(RelationKind.Table, (await warehouse.ListAsync("silver", default)).Single().Kind);
    }

    [TestMethod]
    public async Task CreateTable_InPlaceOfOneWithOtherColumns_HasTheNewOnesOnly()
    {
        await using var warehouse = await SilverAsync();
        await warehouse.CreateTableAsync(Model, Rows("(1, 'paid', 5)"), TableLayout.Default, default);
        await warehouse.CreateTableAsync(Model, "SELECT CAST(7 AS bigint) AS amount, 'x' AS note", TableLayout.Default, default);
        await RequireAsync(warehouse, "7|x");
        Assert.AreEqual($"amount {Types.Long}, note {Types.Text}", await ColumnsAsync(warehouse));
    }

    [TestMethod]
    public async Task CreateTable_OfItsOwnRows_ReadsTheOldOnes()
    {
        await using var warehouse = await SilverAsync();
        await warehouse.CreateTableAsync(Model, Rows("(1, 'paid', 5)"), TableLayout.Default, default);
        await warehouse.CreateTableAsync(Model, "SELECT id + 1 AS id, status, amount FROM silver.payments", TableLayout.Default, default);
        await RequireAsync(warehouse, "2|paid|5");
    }

    [TestMethod]
    public async Task CreateTable_WithoutRows_IsEmptyWithColumns()
    {
        await using var warehouse = await SilverAsync();
        await warehouse.CreateTableAsync(Model, Rows("(1, 'paid', 5)") + " WHERE id > 1", TableLayout.Default, default);
        await RequireAsync(warehouse);
        Assert.HasCount(3, await warehouse.ColumnsAsync(Model, default));
    }

    [TestMethod]
    public async Task CreateTable_QueryFails_TheOldTableStaysAndTheLineIsTold()
    {
        await using var warehouse = await SilverAsync();
        await warehouse.CreateTableAsync(Model, Rows("(1, 'paid', 5)"), TableLayout.Default, default);
        var failed = await Assert.ThrowsExactlyAsync<WarehouseException>(
            () => warehouse.CreateTableAsync(Model, "SELECT id,\n  nothing\nFROM silver.payments", TableLayout.Default, default));
        Assert.Contains("nothing", failed.Message);
        Assert.AreEqual(2, failed.Line);
        await RequireAsync(warehouse, "1|paid|5");
    }

    [TestMethod]
    public async Task CreateView_OverATable_FollowsIt()
    {
        await using var warehouse = await SilverAsync();
        var view = Model with { Name = "paid" };
        await warehouse.CreateTableAsync(Model, Rows("(1, 'paid', 5)"), TableLayout.Default, default);
        await warehouse.CreateViewAsync(view, "SELECT id, amount FROM silver.payments WHERE status = 'paid'", default);
        await warehouse.CreateTableAsync(Model, Rows("(1, 'paid', 5), (2, 'paid', 6), (3, 'lost', 7)"), TableLayout.Default, default);
        await RequireRowsAsync(warehouse, "silver.paid", "1|5", "2|6");
        Assert.AreEqual(RelationKind.View, (await warehouse.ListAsync("silver", default)).Single(found => found.Relation.Name == "paid").Kind);
        Assert.HasCount(2, await warehouse.ColumnsAsync(view, default));
    }

    [TestMethod]
    public async Task CreateView_OnAView_ReadsThroughBoth()
    {
        await using var warehouse = await SilverAsync();
        await warehouse.CreateViewAsync(Model with { Name = "one" }, "SELECT 1 AS n", default);
        await warehouse.CreateViewAsync(Model with { Name = "two" }, "SELECT n + 1 AS n FROM silver.one", default);
        await RequireRowsAsync(warehouse, "silver.two", "2");
    }

    [TestMethod]
    public async Task CreateView_InPlaceOfATableAndBack_ChangesTheKind()
    {
        await using var warehouse = await SilverAsync();
        await warehouse.CreateTableAsync(Model, "SELECT 1 AS n", TableLayout.Default, default);
        await warehouse.CreateViewAsync(Model, "SELECT 2 AS n", default);
        await RequireAsync(warehouse, "2");
        Assert.AreEqual(RelationKind.View, (await warehouse.ListAsync("silver", default)).Single().Kind);
        await warehouse.CreateTableAsync(Model, "SELECT 3 AS n", TableLayout.Default, default);
        await RequireAsync(warehouse, "3");
        Assert.AreEqual(RelationKind.Table, (await warehouse.ListAsync("silver", default)).Single().Kind);
    }

    [TestMethod]
    public async Task Drop_TableViewAndNothing_AreGone()
    {
        await using var warehouse = await SilverAsync();
        await warehouse.CreateTableAsync(Model, "SELECT 1 AS n", TableLayout.Default, default);
        await warehouse.CreateViewAsync(Model with { Name = "seen" }, "SELECT 1 AS n", default);
        await warehouse.DropAsync(Model, default);
        await warehouse.DropAsync(Model with { Name = "seen" }, default);
        await warehouse.DropAsync(Model with { Name = "never" }, default);
        Assert.IsEmpty(await warehouse.ListAsync("silver", default));
        Assert.IsEmpty(await warehouse.ColumnsAsync(Model, default));
    }

    [TestMethod]
    public async Task List_NoSuchSchema_IsEmpty()
    {
        await using var warehouse = await OpenAsync();
        Assert.IsEmpty(await warehouse.ListAsync("nowhere", default));
    }

    [TestMethod]
    public async Task Describe_Query_TellsTypesWithoutRunningIt()
    {
        await using var warehouse = await SilverAsync();
        var columns = await warehouse.DescribeAsync("SELECT CAST(1 AS bigint) AS a, 'x' AS b", default);
        Assert.AreEqual($"a {Types.Long}, b {Types.Text}", Text(columns));
    }

    [TestMethod]
    public async Task Append_SameRowsTwice_AreThereTwice()
    {
        await using var warehouse = await IncrementedAsync(new IncrementalPlan(IncrementalStrategy.Append), Rows("(1, 'paid', 5)"));
        await RequireAsync(warehouse, "1|lost|4", "1|paid|5", "2|open|6");
    }

    [TestMethod]
    public async Task DeleteInsert_OneKey_ReplacesTheRowsOfTheKey()
    {
        await using var warehouse = await IncrementedAsync(Plan(IncrementalStrategy.DeleteInsert, "id"), Rows("(1, 'paid', 5), (1, 'paid', 55), (3, 'new', 7)"));
        await RequireAsync(warehouse, "1|paid|5", "1|paid|55", "2|open|6", "3|new|7");
    }

    [TestMethod]
    public async Task DeleteInsert_TwoKeys_ReplacesWhereBothAgree()
    {
        await using var warehouse = await IncrementedAsync(Plan(IncrementalStrategy.DeleteInsert, "id", "status"), Rows("(1, 'paid', 5), (2, 'open', 66)"));
        await RequireAsync(warehouse, "1|lost|4", "1|paid|5", "2|open|66");
    }

    [TestMethod]
    public async Task DeleteInsert_WithAPredicate_DeletesOnlyWhereItHolds()
    {
        var plan = Plan(IncrementalStrategy.DeleteInsert, "id") with { Predicates = ["amount > 5"] };
        await using var warehouse = await IncrementedAsync(plan, Rows("(1, 'paid', 5), (2, 'paid', 7)"));
        await RequireAsync(warehouse, "1|lost|4", "1|paid|5", "2|paid|7");
    }

    [TestMethod]
    public async Task DeleteInsert_NullKeys_MatchNothing()
    {
        await using var warehouse = await IncrementedAsync(
            Plan(IncrementalStrategy.DeleteInsert, "id"), Rows("(CAST(NULL AS integer), 'a', 1), (1, 'paid', 5)"));
        await warehouse.IncrementAsync(Model, Rows("(CAST(NULL AS integer), 'b', 2)"), Plan(IncrementalStrategy.DeleteInsert, "id"), default);
        await RequireAsync(warehouse, "1|paid|5", "2|open|6", "∅|a|1", "∅|b|2");
    }

    [TestMethod]
    public async Task Merge_OneKey_UpdatesAndInserts()
    {
        await using var warehouse = await IncrementedAsync(Plan(IncrementalStrategy.Merge, "id"), Rows("(1, 'paid', 5), (3, 'new', 7)"));
        await RequireAsync(warehouse, "1|paid|5", "2|open|6", "3|new|7");
    }

    [TestMethod]
    public async Task Merge_TwoKeys_UpdatesWhereBothAgree()
    {
        await using var warehouse = await IncrementedAsync(Plan(IncrementalStrategy.Merge, "id", "status"), Rows("(1, 'paid', 5), (2, 'open', 66)"));
        await RequireAsync(warehouse, "1|lost|4", "1|paid|5", "2|open|66");
    }

    [TestMethod]
    public async Task Merge_UpdateColumns_LeavesTheOthers()
    {
        await using var warehouse = await IncrementedAsync(
            Plan(IncrementalStrategy.Merge, "id") with { MergeUpdateColumns = ["status"] }, Rows("(1, 'paid', 5), (3, 'new', 7)"));
        await RequireAsync(warehouse, "1|paid|4", "2|open|6", "3|new|7");
    }

    [TestMethod]
    public async Task Merge_ExcludeColumns_LeavesThem()
    {
        await using var warehouse = await IncrementedAsync(
            Plan(IncrementalStrategy.Merge, "id") with { MergeExcludeColumns = ["status"] }, Rows("(1, 'paid', 5), (3, 'new', 7)"));
        await RequireAsync(warehouse, "1|lost|5", "2|open|6", "3|new|7");
    }

    [TestMethod]
    public async Task Merge_WithAPredicate_InsertsWhatItHides()
    {
        var plan = Plan(IncrementalStrategy.Merge, "id") with { Predicates = ["DBT_INTERNAL_DEST.amount > 5"] };
        await using var warehouse = await IncrementedAsync(plan, Rows("(1, 'paid', 5), (2, 'paid', 7)"));
        await RequireAsync(warehouse, "1|lost|4", "1|paid|5", "2|paid|7");
    }

    [TestMethod]
    public async Task Increment_QueryReadsTheTable_SeesItAsItWas()
    {
        await using var warehouse = await IncrementedAsync(
            Plan(IncrementalStrategy.Merge, "id"), "SELECT id + 1 AS id, status, amount FROM silver.payments");
        await RequireAsync(warehouse, "1|lost|4", "2|lost|4", "3|open|6");
    }

    [TestMethod]
    public async Task IgnoreSchemaChange_ColumnMissing_FailsAndChangesNothing()
    {
        await using var warehouse = await IncrementedAsync(Plan(IncrementalStrategy.Append), Rows("(3, 'new', 7)"));
        await Assert.ThrowsExactlyAsync<WarehouseException>(
            () => warehouse.IncrementAsync(Model, "SELECT 4 AS id, 8 AS amount", Plan(IncrementalStrategy.Append), default));
        await RequireAsync(warehouse, "1|lost|4", "2|open|6", "3|new|7");
    }

    [TestMethod]
    public async Task IgnoreSchemaChange_ColumnMore_IsLeftOut()
    {
        await using var warehouse = await IncrementedAsync(Plan(IncrementalStrategy.Append), "SELECT 3 AS id, 9 AS more, 'new' AS status, 7 AS amount");
        await RequireAsync(warehouse, "1|lost|4", "2|open|6", "3|new|7");
    }

    [TestMethod]
    public async Task FailOnSchemaChange_ColumnsDiffer_SaysWhichInDbtsWords()
    {
        var plan = Plan(IncrementalStrategy.Append) with { OnSchemaChange = OnSchemaChange.Fail };
        await using var warehouse = await IncrementedAsync(plan, Rows("(3, 'new', 7)"));
        var failed = await Assert.ThrowsExactlyAsync<WarehouseException>(
            () => warehouse.IncrementAsync(Model, "SELECT 4 AS id, 'n' AS note, 8 AS amount", plan, default));
        Assert.AreEqual(WarehouseFailure.Compilation, failed.Kind);
        Assert.Contains($"Source columns not in target: [{ColumnClass}(column='note', dtype='{Types.Text}'", failed.Message);
        Assert.Contains($"Target columns not in source: [{ColumnClass}(column='status', dtype='{Types.Text}'", failed.Message);
        await RequireAsync(warehouse, "1|lost|4", "2|open|6", "3|new|7");
    }

    [TestMethod]
    public async Task AppendNewColumns_ColumnsDiffer_AddsAndKeepsWithoutFillingOldRows()
    {
        await using var warehouse = await IncrementedAsync(
            Plan(IncrementalStrategy.Merge, "id") with { OnSchemaChange = OnSchemaChange.AppendNewColumns }, "SELECT 3 AS id, 'n' AS note, 7 AS amount");
        await RequireAsync(warehouse, "1|lost|4|∅", "2|open|6|∅", "3|∅|7|n");
    }

    [TestMethod]
    public async Task SyncAllColumns_ColumnsDiffer_AddsAndDrops()
    {
        await using var warehouse = await IncrementedAsync(
            Plan(IncrementalStrategy.DeleteInsert, "id") with { OnSchemaChange = OnSchemaChange.SyncAllColumns }, "SELECT 2 AS id, 'n' AS note, 7 AS amount");
        await RequireAsync(warehouse, "1|4|∅", "2|7|n");
    }

    [TestMethod]
    public async Task SyncAllColumns_TypeWidens_KeepsTheValues()
    {
        await using var warehouse = await IncrementedAsync(
            Plan(IncrementalStrategy.DeleteInsert, "id") with { OnSchemaChange = OnSchemaChange.SyncAllColumns },
            "SELECT 2 AS id, 'paid' AS status, CAST(5000000000 AS bigint) AS amount");
        await RequireRowsAsync(warehouse, "(SELECT id, status, amount FROM silver.payments) AS t", "1|lost|4", "2|paid|5000000000");
        Assert.Contains($"amount {Types.Long}", await ColumnsAsync(warehouse));
    }

    [TestMethod]
    public async Task LoadSeed_Twice_ReplacesTheRows()
    {
        await using var warehouse = await SilverAsync();
        Assert.AreEqual(2L, await SeedAsync(warehouse, "id,name,rate,ok,day,at\n1,Ada,1.5,true,2026-01-01,2026-01-01 10:00:00\n2,,2,FALSE,,\n"));
        await RequireAsync(warehouse, "1|Ada|1.5|True|2026-01-01|2026-01-01 10:00:00", "2|∅|2|False|∅|∅");
        Assert.AreEqual(1L, await SeedAsync(warehouse, "id,name,rate,ok,day,at\n7,\"x,\ny\",1.5,true,2026-01-01,2026-01-01 10:00:00\n"));
        await RequireAsync(warehouse, "7|x,\ny|1.5|True|2026-01-01|2026-01-01 10:00:00");
    }

    [TestMethod]
    public async Task LoadSeed_FullRefresh_HasTheColumnsOfTheFile()
    {
        await using var warehouse = await SilverAsync();
        await SeedAsync(warehouse, "id\n1\n");
        await SeedAsync(warehouse, "id,more\n2,x\n", fullRefresh: true);
        await RequireAsync(warehouse, "2|x");
    }

    [TestMethod]
    public async Task LoadSeed_ColumnTypes_AreTheProjects()
    {
        await using var warehouse = await SilverAsync();
        await SeedAsync(warehouse, "id,zip\n1,01234\n", types: new() { ["id"] = "bigint", ["zip"] = "varchar" });
        await RequireAsync(warehouse, "1|01234");
        Assert.AreEqual($"id {Types.Long}, zip {Types.Text}", await ColumnsAsync(warehouse));
    }

    [TestMethod]
    public async Task LoadSeed_NumberTooLargeForInteger_FailsAndChangesNothing()
    {
        await using var warehouse = await SilverAsync();
        await SeedAsync(warehouse, "id\n1\n");
        var failed = await Assert.ThrowsExactlyAsync<WarehouseException>(() => SeedAsync(warehouse, "id\n12345678901\n"));
        Assert.Contains("12345678901", failed.Message);
        await RequireAsync(warehouse, "1");
    }

    [TestMethod]
    public async Task Query_Cancelled_EndsSoon()
    {
        await using var warehouse = await OpenAsync();
        using var giveUp = new CancellationTokenSource();
        var query = warehouse.QueryAsync("SELECT count(*) FROM " + string.Join(" CROSS JOIN ", Enumerable.Range(0, 12).Select(n => $"(VALUES 1,2,3,4,5,6,7,8,9,10) AS t{n}(a{n})")), giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => query);
        Assert.AreEqual("1", Cell((await warehouse.QueryAsync("SELECT 1 AS one", default)).Rows[0][0]));
    }

    private protected abstract string ColumnClass { get; }

    private async Task<IWarehouse> SilverAsync()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateSchemaAsync("silver", default);
        await warehouse.CreateSchemaAsync("silver", default);
        return warehouse;
    }

    /// <summary>A table of two rows, and then one increment.</summary>
    private async Task<IWarehouse> IncrementedAsync(IncrementalPlan plan, string sql)
    {
        var warehouse = await SilverAsync();
        await warehouse.CreateTableAsync(Model, Rows("(1, 'lost', 4), (2, 'open', 6)"), TableLayout.Default, default);
        await warehouse.IncrementAsync(Model, sql, plan, default);
        return warehouse;
    }

    private static async Task<long?> SeedAsync(IWarehouse warehouse, string csv, bool fullRefresh = false, Dictionary<string, string>? types = null)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, csv);
            var options = new SeedOptions { FullRefresh = fullRefresh, ColumnTypes = types ?? [] };
            return await warehouse.LoadSeedAsync(Model, SeedReader.Read(path, ',', [.. options.ColumnTypes.Keys]), options, default);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static IncrementalPlan Plan(IncrementalStrategy strategy, params string[] keys) => new(strategy) { UniqueKey = keys };

    private static string Rows(string values) => $"SELECT * FROM (VALUES {values}) AS t(id, status, amount)";

    private static Task RequireAsync(IWarehouse warehouse, params string[] rows) => RequireRowsAsync(warehouse, "silver.payments", rows);

    private static async Task RequireRowsAsync(IWarehouse warehouse, string from, params string[] rows)
    {
        var found = (await warehouse.QueryAsync($"SELECT * FROM {from}", default)).Rows.Select(row => string.Join('|', row.Select(Cell)));
        CollectionAssert.AreEqual(rows, found.Order(StringComparer.Ordinal).ToArray());
    }

    private static async Task<string> ColumnsAsync(IWarehouse warehouse) => Text(await warehouse.ColumnsAsync(Model, default));

    private static string Text(IEnumerable<RelationColumn> columns) => string.Join(", ", columns.Select(column => $"{column.Name} {column.Type}"));

    private static string Cell(object? value) => value switch
    {
        null => "∅",
        DateOnly date => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };
}
