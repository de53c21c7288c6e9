using Recoup.Storage.Sqlite.Tests.Crash;

namespace Recoup.Storage.Sqlite.Tests;

[TestClass]
public sealed class DataFolderLockTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("recoup-lock-");

    public void Dispose() => folder.Delete(recursive: true);

    [TestMethod]
    public void Acquire_FolderMissing_CreatesIt()
    {
        using var held = DataFolderLock.Acquire(Path.Combine(folder.FullName, "new", "er"), "Some__Setting");
        Assert.IsTrue(Directory.Exists(Path.Combine(folder.FullName, "new", "er")));
    }

    [TestMethod]
    public async Task Acquire_HeldByAnotherProcess_NamesItAndTheSetting()
    {
        using var holder = ChildProcess.Start(LockHolder.Command, folder.FullName);
        Assert.AreEqual("held", await holder.StandardOutput.ReadLineAsync());

        var error = Assert.ThrowsExactly<SqliteStorageException>(() => DataFolderLock.Acquire(folder.FullName, "Some__Setting"));
        StringAssert.Contains(error.Message, "Some__Setting");
        StringAssert.Contains(error.Message, $"process {holder.Id}");
        Assert.DoesNotContain("\n", error.Message);

        holder.KillAndWait();
        using var now = DataFolderLock.Acquire(folder.FullName, "Some__Setting");
    }

    [TestMethod]
    public void Acquire_PathIsAFile_SaysSo()
    {
        var file = Path.Combine(folder.FullName, "file");
        File.WriteAllText(file, "");
        var error = Assert.ThrowsExactly<SqliteStorageException>(() => DataFolderLock.Acquire(file, "Some__Setting"));
        Assert.AreEqual(SqliteStorageFailure.NotWritable, error.Failure);
        StringAssert.Contains(error.Message, "Some__Setting");
    }
}
