using Google.Protobuf;
using Recoup.Embedded.Temporal.Runs;
using Recoup.Embedded.Temporal.Storage;
using Recoup.Embedded.Temporal.Tests.Runs;

namespace Recoup.Embedded.Temporal.Tests.Storage;

[TestClass]
public sealed class StoreTests
{
    [TestMethod]
    public async Task Write_ThenOpenedAgain_IsAllThere()
    {
        using var folder = new TemporaryFolder();
        var script = new RunScript(request => request.RetryPolicy = new() { MaximumAttempts = 3 });
        await using (var store = Store.Open(folder.File("t.db")))
        {
            await store.WriteAsync([WriteOf(script)]);
        }

        await using var opened = Store.Open(folder.File("t.db"));
        var found = opened.Find(new ExecutionKey("default", "w"), "")!;
        var run = opened.Load(found.Key)!;
        Assert.AreEqual(script.Run.RunId, found.RunId);
        CollectionAssert.AreEqual(RunStateCodec.Write(script.Run), RunStateCodec.Write(run));
        CollectionAssert.AreEqual(script.History, opened.ReadEvents(found.Key, 1, 99));
        Assert.AreEqual(script.History[0], run.StartedEvent, "a run that may be retried has its first event at hand");
        Assert.AreEqual(found.Key + 1, opened.NewRun().Key, "keys go on");
    }

    [TestMethod]
    public async Task Write_OneBadChangeAmongMany_FailsAlone()
    {
        using var folder = new TemporaryFolder();
        await using var store = Store.Open(folder.File("t.db"));
        var good = WriteOf(new RunScript());
        await store.WriteAsync([good]);

        var again = store.WriteAsync([good]); // The same events once more: their place is taken.
        var others = Enumerable.Range(2, 50).Select(key => store.WriteAsync([good with { Key = key, Visibility = null }])).ToArray();

        await Assert.ThrowsExactlyAsync<Microsoft.Data.Sqlite.SqliteException>(() => again);
        await Task.WhenAll(others);
        Assert.HasCount(51, store.Query("SELECT run_key FROM run_states", row => row.GetInt64(0)));
    }

    [TestMethod]
    public async Task Open_AFileThatIsOpen_IsRefused()
    {
        using var folder = new TemporaryFolder();
        await using var store = Store.Open(folder.File("t.db"));

        Assert.ThrowsExactly<IOException>(() => Store.Open(folder.File("t.db")));
    }

    [TestMethod]
    public async Task Sweep_OfClosedRuns_TakesTheOldOnesOut()
    {
        using var folder = new TemporaryFolder();
        await using var store = Store.Open(folder.File("t.db"));
        var old = new RunScript();
        old.Do(change => Closing.Terminate(change, "over", null, ""));
        await store.WriteAsync([WriteOf(old)]);
        await store.WriteAsync([WriteOf(new RunScript(request => request.WorkflowId = "open")) with { Key = 2, Visibility = VisibilityRows.Of(new RunScript().Run) with { Key = 2 } }]);

        Assert.AreEqual(0, await Retention.SweepAsync(store, old.Now, CancellationToken.None), "closed at that very time is not before it");
        Assert.AreEqual(1, await Retention.SweepAsync(store, old.Now.AddTicks(1), CancellationToken.None));
        Assert.HasCount(1, store.Query("SELECT run_key FROM runs", row => row.GetInt64(0)));
        Assert.IsEmpty(store.ReadEvents(old.Run.Key, 1, 99));
    }

    private static RunWrite WriteOf(RunScript script)
    {
        var events = new History();
        events.Events.AddRange(script.History);
        return new RunWrite(script.Run.Key, RunStateCodec.Write(script.Run), Due.Next(script.Run), true, 1, script.History.Count, events.ToByteArray(), VisibilityRows.Of(script.Run));
    }
}
