using Recoup.Lakehouse.Query;
using Recoup.Lakehouse.Query.Formats;

namespace Recoup.Lakehouse.Tests.Query;

[TestClass]
public sealed class LimitTests
{
    private static readonly QueryLimits Small = new(TimeSpan.FromMinutes(1), 64 * 1024 * 1024);

    [TestMethod]
    public async Task ExecuteAsync_TooSlow_EndsWithTimeout()
    {
        using var room = new QueryRoom();

        var refused = await room.RefusedAsync("SELECT count(*) FROM range(1000000000000) a", Small with { Time = TimeSpan.FromMilliseconds(100) });

        Assert.AreEqual(QueryFailure.Timeout, refused.Failure);
        Assert.AreEqual("The query took longer than 0.1 s.", refused.Message);
        Assert.AreEqual("1", await room.CellAsync("SELECT 1"));
    }

    [TestMethod]
    public async Task ReadTextAsync_SlowAfterFirstRows_EndsWithTimeout()
    {
        using var room = new QueryRoom();

        var refused = await room.RefusedAsync("SELECT * FROM range(100000000000)", Small with { Time = TimeSpan.FromMilliseconds(200) });

        Assert.AreEqual(QueryFailure.Timeout, refused.Failure);
    }

    [TestMethod]
    public async Task ExecuteAsync_TooMuchMemory_EndsWithMemoryAndNextQueryWorks()
    {
        using var room = new QueryRoom();

        var refused = await room.RefusedAsync("SELECT count(DISTINCT i::VARCHAR || 'xxxxxxxxxxxxxxxx') FROM range(20000000) t(i)", Small);

        Assert.AreEqual(QueryFailure.Memory, refused.Failure, refused.Message);
        Assert.AreEqual("1", (await room.RowsAsync("SELECT 1", Small))[0][0]);
    }

    [TestMethod]
    public async Task ReadTextAsync_MoreRowsThanLimit_CutsAndSaysSo()
    {
        using var room = new QueryRoom();
        await using var cut = await room.Engine.ExecuteAsync("SELECT * FROM range(10000)", Small with { RowsMax = 3000 });
        await using var whole = await room.Engine.ExecuteAsync("SELECT * FROM range(3000)", Small with { RowsMax = 3000 });

        Assert.HasCount(3000, await cut.ReadTextAsync().ToArrayAsync());
        Assert.HasCount(3000, await whole.ReadTextAsync().ToArrayAsync());

        Assert.IsTrue(cut.IsTruncated);
        Assert.IsFalse(whole.IsTruncated);
    }

    [TestMethod]
    public async Task ExecuteAsync_Cancelled_Stops()
    {
        using var room = new QueryRoom();
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAsync<OperationCanceledException>(() => room.Engine.ExecuteAsync("SELECT count(*) FROM range(1000000000000) a", Small, giveUp.Token));
    }

    [TestMethod]
    public async Task ReadBatchesAsync_ReaderGivesUp_Stops()
    {
        using var room = new QueryRoom();
        await using var result = await room.Engine.ExecuteAsync("SELECT * FROM range(1000000000000)", Small);
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAsync<OperationCanceledException>(() => JsonResult.WriteAsync(result, Stream.Null, giveUp.Token));
    }

    [TestMethod]
    public async Task ExecuteAsync_MoreQueriesThanPlaces_WaitersTimeOut()
    {
        using var room = new QueryRoom(new QueryOptions { ConcurrencyMax = 1 });
        await using (var first = await room.Engine.ExecuteAsync("SELECT 1", Small))
        {
            var refused = await room.RefusedAsync("SELECT 2", Small with { Time = TimeSpan.FromMilliseconds(50) });
            Assert.AreEqual(QueryFailure.Timeout, refused.Failure);
        }

        Assert.AreEqual("2", await room.CellAsync("SELECT 2"));
    }
}
