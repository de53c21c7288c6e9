using Microsoft.Data.Sqlite;

namespace Recoup.Storage.Sqlite.Tests;

[TestClass]
public sealed class FailureTests : IDisposable
{
    private readonly StorageFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [TestMethod]
    public async Task WriteStateAsync_FileFull_FailsEveryWaiterAndKeepsNothingOfThem()
    {
        fixture.Options.FileBytesMax = 256 * 1024;
        using var storage = await fixture.OpenAsync();
        var before = await storage.WriteAsync("before", "kept");

        var writes = Enumerable.Range(0, 20).Select(i => storage.WriteAsync($"{i}", new string('x', 100_000))).ToArray();
        var results = await Task.WhenAll(writes.Select(FailureOfAsync));

        Assert.Contains(SqliteStorageFailure.Full, results);
        for (var i = 0; i < writes.Length; i++)
        {
            // A failed write is not there, an acknowledged one is: never the other way round.
            Assert.AreEqual(results[i] is null, (await storage.ReadAsync($"{i}")).RecordExists, $"write {i}: {results[i]}");
        }

        Assert.AreEqual("kept", (await storage.ReadAsync("before")).State!.Text);
        Assert.IsTrue(storage.IsReady, "A full disk is no reason to give up: there may be room again.");
        before.State = new() { Text = "small" };
        await storage.WriteStateAsync("note", StorageFixture.GrainOf("before"), before);
    }

    [TestMethod]
    public async Task OpenAsync_NoDatabase_SaysSo()
    {
        await File.WriteAllTextAsync(fixture.Options.Path, "This is a letter to my aunt, and longer than the header of a database file, I should think so.");
        await AssertRefusedAsync(SqliteStorageFailure.Damaged, "backup");
    }

    [TestMethod]
    public async Task OpenAsync_DamagedPage_SaysSo()
    {
        using (var storage = await fixture.OpenAsync())
        {
            for (var i = 0; i < 200; i++)
            {
                await storage.WriteAsync($"{i}", new string('x', 500));
            }
        }

        using (var file = File.OpenWrite(fixture.Options.Path))
        {
            file.Position = 3 * 4096;
            file.Write(new byte[8192]);
        }

        await AssertRefusedAsync(SqliteStorageFailure.Damaged, "backup");
    }

    [TestMethod]
    public async Task WriteStateAsync_DamagedWhileOpen_FailsAndWritesNothingMore()
    {
        using var storage = await fixture.OpenAsync();
        await storage.WriteAsync("a", "one");
        using (var vandal = new SqliteConnection($"Data Source={fixture.Options.Path};Pooling=False"))
        {
            await vandal.OpenAsync();
            using var command = vandal.CreateCommand();
            command.CommandText = "pragma wal_checkpoint(truncate)";
            await command.ExecuteNonQueryAsync();
        }

        using (var file = new FileStream(fixture.Options.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = 4096;
            file.Write(new byte[16384]);
        }

        var failure = await FailureOfAsync(storage.WriteAsync("b", "two"));
        Assert.AreEqual(SqliteStorageFailure.Damaged, failure);
    }

    [TestMethod]
    public async Task OpenAsync_AnotherDatabase_LeavesItAlone()
    {
        using (var other = new SqliteConnection($"Data Source={fixture.Options.Path};Pooling=False"))
        {
            await other.OpenAsync();
            using var command = other.CreateCommand();
            command.CommandText = "create table recipes (name text)";
            await command.ExecuteNonQueryAsync();
        }

        await AssertRefusedAsync(SqliteStorageFailure.NotWritable, "another file");
    }

    [TestMethod]
    public async Task OpenAsync_FolderMissing_SaysWhichFile()
    {
        fixture.Options.Path = Path.Combine(Path.GetDirectoryName(fixture.Options.Path)!, "missing", "grains.db");
        await AssertRefusedAsync(SqliteStorageFailure.NotWritable, fixture.Options.Path);
    }

    [TestMethod]
    public async Task WriteStateAsync_TooLarge_IsRefusedAlone()
    {
        fixture.Options.PayloadBytesMax = 1_000;
        using var storage = await fixture.OpenAsync();
        await Assert.ThrowsExactlyAsync<SqliteStorageException>(() => storage.WriteAsync("a", new string('x', 2_000)));
        await storage.WriteAsync("b", "fine");
    }

    [TestMethod]
    public async Task ReadStateAsync_NotOpen_SaysSo()
    {
        var storage = await fixture.OpenAsync();
        storage.Dispose();
        await Assert.ThrowsExactlyAsync<SqliteStorageException>(() => storage.ReadAsync("a"));
    }

    [TestMethod]
    public async Task ReadStateAsync_PayloadOfAnotherShape_SaysWhichRow()
    {
        using var storage = await fixture.OpenAsync();
        await storage.WriteAsync("a", "one");
        using (var shell = new SqliteConnection($"Data Source={fixture.Options.Path};Pooling=False"))
        {
            await shell.OpenAsync();
            using var command = shell.CreateCommand();
            command.CommandText = "update grain_state set payload = '[1,2'";
            await command.ExecuteNonQueryAsync();
        }

        var error = await Assert.ThrowsExactlyAsync<SqliteStorageException>(() => storage.ReadAsync("a"));
        StringAssert.Contains(error.Message, "note of note/a");
    }

    private async Task AssertRefusedAsync(SqliteStorageFailure failure, string hint)
    {
        var error = await Assert.ThrowsExactlyAsync<SqliteStorageException>(fixture.OpenAsync);
        Assert.AreEqual(failure, error.Failure, error.Message);
        StringAssert.Contains(error.Message, hint);
    }

    private static async Task<SqliteStorageFailure?> FailureOfAsync(Task write)
    {
        try
        {
            await write;
            return null;
        }
        catch (SqliteStorageException exception)
        {
            return exception.Failure;
        }
    }
}
