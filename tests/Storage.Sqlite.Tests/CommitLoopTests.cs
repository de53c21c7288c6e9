using Recoup.Storage.Sqlite.Engine;
using SQLitePCL;

namespace Recoup.Storage.Sqlite.Tests;

/// <summary>What a crash test meets only by luck: a commit that fails at its very end.</summary>
[TestClass]
public sealed class CommitLoopTests : IDisposable
{
    private readonly StorageFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [TestMethod]
    public async Task Enqueue_CommitFailsAtItsEnd_FailsEveryWaiterAndKeepsNothing()
    {
        using var database = Database.OpenWriter(fixture.Options);
        using var log = new LogCopier(fixture.Options.Path, database);
        using var meter = new StorageMeter();
        using var loop = new CommitLoop(database, log, batchMax: 100, meter);
        using var reader = new RowReader(fixture.Options.Path);
        Assert.AreEqual(new WriteOutcome(false, 1), await loop.Enqueue(Write("before")));

        // SQLite asks the hook last of all, and rolls back when it says no.
        raw.sqlite3_commit_hook(database.Handle, static _ => 1, null);
        var refused = Enumerable.Range(0, 10).Select(i => loop.Enqueue(Write($"{i}"))).ToArray();
        foreach (var write in refused)
        {
            await Assert.ThrowsExactlyAsync<SqliteStorageException>(() => write);
        }

        raw.sqlite3_commit_hook(database.Handle, null, null);
        Assert.IsNull(reader.Read(Write("3").Key));
        Assert.AreEqual(new WriteOutcome(false, 1), await loop.Enqueue(Write("3")));
        Assert.IsNotNull(reader.Read(Write("3").Key));
    }

    [TestMethod]
    public async Task Enqueue_DeletionRolledBack_LeavesTheVersionsAsTheyWere()
    {
        using var database = Database.OpenWriter(fixture.Options);
        using var log = new LogCopier(fixture.Options.Path, database);
        using var meter = new StorageMeter();
        using var loop = new CommitLoop(database, log, batchMax: 100, meter);
        await loop.Enqueue(Write("a"));

        raw.sqlite3_commit_hook(database.Handle, static _ => 1, null);
        await Assert.ThrowsExactlyAsync<SqliteStorageException>(() => loop.Enqueue(Write("a", version: 1, payload: null)));
        raw.sqlite3_commit_hook(database.Handle, null, null);

        Assert.AreEqual(new WriteOutcome(false, 1), await loop.Enqueue(Write("new")));
        Assert.AreEqual(new WriteOutcome(false, 2), await loop.Enqueue(Write("a", version: 1)));
    }

    [TestMethod]
    public async Task Dispose_WritesWaiting_CommitsThemFirst()
    {
        Task<WriteOutcome>[] writes;
        using (var database = Database.OpenWriter(fixture.Options))
        using (var log = new LogCopier(fixture.Options.Path, database))
        using (var meter = new StorageMeter())
        using (var loop = new CommitLoop(database, log, batchMax: 3, meter))
        {
            writes = [.. Enumerable.Range(0, 50).Select(i => loop.Enqueue(Write($"{i}")))];
        }

        Assert.IsTrue((await Task.WhenAll(writes)).All(static outcome => outcome == new WriteOutcome(false, 1)));
        using var again = await fixture.OpenAsync();
        Assert.IsTrue((await again.ReadAsync("49")).RecordExists);
    }

    private static PendingWrite Write(string key, long? version = null, string? payload = "{}") => new()
    {
        Key = new("note", key, "note"),
        Version = version,
        Payload = payload is null ? default(ReadOnlyMemory<byte>?) : System.Text.Encoding.UTF8.GetBytes(payload),
        UpdatedAt = 0,
    };
}
