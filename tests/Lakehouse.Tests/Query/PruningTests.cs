using Recoup.Lakehouse.Query;

namespace Recoup.Lakehouse.Tests.Query;

[TestClass]
public sealed class PruningTests
{
    [TestMethod]
    [DataRow("created_at >= '2026-11-05'", 1)]
    [DataRow("c.created_at >= TIMESTAMPTZ '2026-11-04' AND amount_minor >= 0", 2)]
    [DataRow("TIMESTAMPTZ '2026-11-02' > created_at", 1)]
    [DataRow("created_at BETWEEN '2026-11-02' AND '2026-11-03T23:00:00Z'", 2)]
    [DataRow("amount_minor IN (1000, 3001)", 2)]
    [DataRow("amount_minor = 1000 OR amount_minor = 3001", 2)]
    [DataRow("amount_minor = 1000 OR sqrt(amount_minor) > 0", 5)]
    [DataRow("amount_minor = '1000'", 5)]
    [DataRow("NOT amount_minor = 1000", 5)]
    public async Task ExecuteAsync_Where_ReadsOnlyFilesThatCanMatch(string where, int files)
    {
        using var room = new QueryRoom();
        await room.ChargesAsync(days: 5);
        var whole = await room.RowsAsync($"WITH c AS MATERIALIZED (FROM bronze.charges) SELECT event_id FROM c WHERE {where} ORDER BY ALL");

        var pruned = await room.RowsAsync($"SELECT event_id FROM bronze.charges AS c WHERE {where} ORDER BY ALL");

        CollectionAssert.AreEqual(whole.Select(row => row[0]).ToArray(), pruned.Select(row => row[0]).ToArray());
        Assert.AreEqual(files, await FilesAsync(room, where));
    }

    [TestMethod]
    public async Task ExecuteAsync_AfterCommit_SeesTheNewSnapshot()
    {
        using var room = new QueryRoom();
        var table = await room.ChargesAsync();
        Assert.AreEqual("3", await room.CellAsync("SELECT count(*) FROM bronze.charges"));

        await room.Lake.AppendAsync(table, "SELECT 'new' AS event_id, 1::BIGINT AS amount_minor, now() AS created_at");

        Assert.AreEqual("4", await room.CellAsync("SELECT count(*) FROM Bronze.CHARGES"));
    }

    [TestMethod]
    public async Task ExecuteAsync_UnknownTable_NamesTheNearOnes()
    {
        using var room = new QueryRoom();
        await room.ChargesAsync();

        var refused = await room.RefusedAsync("SELECT * FROM bronze.charge");

        Assert.AreEqual(QueryFailure.UnknownTable, refused.Failure);
        Assert.AreEqual("There is no table 'bronze.charge'. Near it are bronze.charges.", refused.Message);
    }

    [TestMethod]
    public async Task ExecuteAsync_SyntaxError_SaysLineAndColumn()
    {
        using var room = new QueryRoom();

        var refused = await room.RefusedAsync("SELECT 'äöü'\nFROM = 3");

        Assert.AreEqual((QueryFailure.Syntax, 2, 6), (refused.Failure, refused.Line, refused.Column));
    }

    /// <summary>Files that the plan reads, as its view names them.</summary>
    private static async Task<int> FilesAsync(QueryRoom room, string where)
    {
        using var parser = new Lakehouse.Query.Statements.StatementParser();
        using var views = new Lakehouse.Query.DuckDb.LakeViews(parser, new Lakehouse.Query.DuckDb.ViewSql());
        var planned = await views.PlanAsync(parser.Parse($"SELECT * FROM bronze.charges AS c WHERE {where}"), new Lakehouse.Query.DuckDb.CurrentLake(room.Lake.Catalog), CancellationToken.None);
        return planned.Single().Select.Split(".parquet'").Length - 1;
    }
}
