using Microsoft.Data.Sqlite;
using Orleans.Storage;

namespace Recoup.Storage.Sqlite.Tests;

[TestClass]
public sealed class SqliteGrainStorageTests : IDisposable
{
    private readonly StorageFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [TestMethod]
    public async Task ReadStateAsync_NeverWritten_IsNew()
    {
        using var storage = await fixture.OpenAsync();
        var state = await storage.ReadAsync("a");
        Assert.IsFalse(state.RecordExists);
        Assert.IsNull(state.ETag);
        Assert.AreEqual("", state.State!.Text);
    }

    [TestMethod]
    public async Task WriteStateAsync_ThenOpenedAgain_IsThere()
    {
        using (var storage = await fixture.OpenAsync())
        {
            await storage.WriteAsync("a", "one");
            await storage.WriteAsync("a", "two ünïcode \0 \"quoted\"");
        }

        using var again = await fixture.OpenAsync();
        var state = await again.ReadAsync("a");
        Assert.IsTrue(state.RecordExists);
        Assert.AreEqual("2", state.ETag);
        Assert.AreEqual("two ünïcode \0 \"quoted\"", state.State!.Text);
    }

    [TestMethod]
    public async Task WriteStateAsync_OneGrainTwoStateNames_AreTwoRows()
    {
        using var storage = await fixture.OpenAsync();
        var grain = StorageFixture.GrainOf("a");
        await storage.WriteStateAsync("first", grain, new GrainState<Note>(new() { Text = "1" }));
        await storage.WriteStateAsync("second", grain, new GrainState<Note>(new() { Text = "2" }));
        var read = new GrainState<Note>();
        await storage.ReadStateAsync("first", grain, read);
        Assert.AreEqual("1", read.State!.Text);
    }

    [TestMethod]
    public async Task WriteStateAsync_StaleETag_FailsAloneAndSaysBothVersions()
    {
        using var storage = await fixture.OpenAsync();
        var mine = await storage.WriteAsync("a", "mine");
        await storage.WriteAsync("a", "theirs");

        mine.State = new() { Text = "late" };
        var stale = storage.WriteStateAsync("note", StorageFixture.GrainOf("a"), mine);
        var others = Enumerable.Range(0, 100).Select(i => storage.WriteAsync($"other {i}", "fine")).ToArray();

        var error = await Assert.ThrowsExactlyAsync<InconsistentStateException>(() => stale);
        await Task.WhenAll(others);
        Assert.AreEqual("2", error.StoredEtag);
        Assert.AreEqual("1", error.CurrentEtag);
        Assert.AreEqual("theirs", (await storage.ReadAsync("a")).State!.Text);
    }

    [TestMethod]
    public async Task WriteStateAsync_TwoMakeTheSameRow_OneWins()
    {
        using var storage = await fixture.OpenAsync();
        var writes = Enumerable.Range(0, 8)
            .Select(i => storage.WriteStateAsync("note", StorageFixture.GrainOf("a"), new GrainState<Note>(new() { Text = $"{i}" })))
            .ToArray();
        var results = await Task.WhenAll(writes.Select(static async write =>
        {
            try
            {
                await write;
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        }));
        Assert.AreEqual(1, results.Count(static won => won));
        Assert.AreEqual("1", (await storage.ReadAsync("a")).ETag);
    }

    [TestMethod]
    public async Task ClearStateAsync_ThenWritten_NeverTakesAnOldVersion()
    {
        using var storage = await fixture.OpenAsync();
        var old = await storage.WriteAsync("a", "old");
        var current = await storage.ReadAsync("a");
        await storage.ClearStateAsync("note", StorageFixture.GrainOf("a"), current);
        Assert.IsFalse(current.RecordExists);
        Assert.IsNull(current.ETag);
        Assert.AreEqual("", current.State!.Text);
        Assert.IsFalse((await storage.ReadAsync("a")).RecordExists);

        await storage.WriteAsync("a", "new");
        await Assert.ThrowsExactlyAsync<InconsistentStateException>(() => storage.WriteStateAsync("note", StorageFixture.GrainOf("a"), old));
        await Assert.ThrowsExactlyAsync<InconsistentStateException>(() => storage.ClearStateAsync("note", StorageFixture.GrainOf("a"), old));
        Assert.AreEqual("new", (await storage.ReadAsync("a")).State!.Text);
    }

    [TestMethod]
    public async Task ClearStateAsync_NothingThere_IsDone()
    {
        using var storage = await fixture.OpenAsync();
        var state = await storage.ReadAsync("a");
        await storage.ClearStateAsync("note", StorageFixture.GrainOf("a"), state);
        Assert.IsFalse(state.RecordExists);
    }

    [TestMethod]
    public async Task ClearStateAsync_BlindlyWhatIsThere_IsStale()
    {
        using var storage = await fixture.OpenAsync();
        await storage.WriteAsync("a", "kept");
        await Assert.ThrowsExactlyAsync<InconsistentStateException>(
            () => storage.ClearStateAsync("note", StorageFixture.GrainOf("a"), new GrainState<Note>()));
        Assert.AreEqual("kept", (await storage.ReadAsync("a")).State!.Text);
    }

    [TestMethod]
    public async Task WriteStateAsync_ManyWritersOfManyGrains_LosesNone()
    {
        using var storage = await fixture.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(writer => Task.Run(async () =>
        {
            for (var i = 1; i <= 50; i++)
            {
                await storage.WriteAsync($"grain {writer}", $"{i}");
            }
        })));

        for (var writer = 0; writer < 64; writer++)
        {
            var state = await storage.ReadAsync($"grain {writer}");
            Assert.AreEqual(("50", "50"), (state.State!.Text, state.ETag));
        }
    }

    [TestMethod]
    public async Task WriteStateAsync_Row_IsReadableWithAnyShell()
    {
        using var storage = await fixture.OpenAsync();
        var due = fixture.Clock.GetUtcNow().AddSeconds(30);
        await storage.WriteAsync("a", "hello", due);

        using var shell = new SqliteConnection($"Data Source={fixture.Options.Path};Pooling=False");
        await shell.OpenAsync();
        using var query = shell.CreateCommand();
        query.CommandText = "select grain_type, grain_key, state_name, version, attention_at, updated_at, payload ->> 'text' from grain_state";
        using var row = await query.ExecuteReaderAsync();
        Assert.IsTrue(await row.ReadAsync());
        var columns = Enumerable.Range(0, row.FieldCount).Select(row.GetValue).ToArray();
        CollectionAssert.AreEqual(
            new object[] { "note", "a", "note", 1L, due.ToUnixTimeMilliseconds(), fixture.Clock.GetUtcNow().ToUnixTimeMilliseconds(), "hello" }, columns);
    }

    [TestMethod]
    public async Task FindDueAsync_SomeDue_PagesThemOldestFirst()
    {
        using var storage = await fixture.OpenAsync();
        var now = fixture.Clock.GetUtcNow();
        for (var i = 0; i < 10; i++)
        {
            // Pairs share a moment: a page may end between the two.
            await storage.WriteAsync($"{i}", "due", now.AddSeconds(-(i / 2)));
        }

        await storage.WriteAsync("later", "not due", now.AddSeconds(1));
        await storage.WriteAsync("never", "not due");
        await storage.WriteAsync("3", "done");

        var found = new List<string>();
        DueGrain? last = null;
        while (await storage.FindDueAsync(now, 3, last, CancellationToken.None) is { Count: > 0 } page)
        {
            Assert.IsLessThanOrEqualTo(3, page.Count);
            found.AddRange(page.Select(static due => due.GrainId.Key.ToString()!));
            last = page[^1];
        }

        CollectionAssert.AreEqual(new[] { "8", "9", "6", "7", "4", "5", "2", "0", "1" }, found);
    }
}
