using Microsoft.Extensions.Logging.Abstractions;
using Recoup.Embedded.Kafka.Log;

namespace Recoup.Embedded.Kafka.Tests.Log;

[TestClass]
public sealed class KeyValueJournalTests
{
    [TestMethod]
    public async Task Open_AfterAnyCut_HasEverythingBeforeIt()
    {
        using var folder = new TemporaryFolder();
        using var commits = new GroupCommit();
        var path = folder.File("journal");
        var sizes = new List<long>();
        var journal = new KeyValueJournal(path, commits, NullLogger.Instance);
        for (var index = 0; index < 10; index++)
        {
            journal.Put($"key {index % 3}", [(byte)index]);
            await journal.DurableAsync();
            sizes.Add(new FileInfo(path).Length);
        }

        journal.Close();
        var whole = await File.ReadAllBytesAsync(path);
        for (var cut = 0; cut <= whole.Length; cut += 3)
        {
            await File.WriteAllBytesAsync(path, whole[..cut]);
            var again = new KeyValueJournal(path, commits, NullLogger.Instance);
            var entries = sizes.Count(size => size <= cut);
            for (var key = 0; key < 3; key++)
            {
                var last = Enumerable.Range(0, entries).Where(index => index % 3 == key).Cast<int?>().LastOrDefault();
                Assert.AreEqual(last, again.Live.TryGetValue($"key {key}", out var value) ? value[0] : null, $"key {key} of {entries} entries");
            }

            again.Close();
        }
    }

    [TestMethod]
    public async Task Open_WithAByteChanged_EndsBeforeTheEntryThatHasIt()
    {
        using var folder = new TemporaryFolder();
        using var commits = new GroupCommit();
        var path = folder.File("journal");
        var journal = new KeyValueJournal(path, commits, NullLogger.Instance);
        journal.Put("a", [1]);
        await journal.DurableAsync();
        var first = (int)new FileInfo(path).Length;
        journal.Put("b", [2]);
        journal.Close();
        var whole = await File.ReadAllBytesAsync(path);
        for (var at = first; at < whole.Length; at++)
        {
            var changed = whole.ToArray();
            changed[at] ^= 4;
            await File.WriteAllBytesAsync(path, changed);
            var again = new KeyValueJournal(path, commits, NullLogger.Instance);
            Assert.HasCount(1, again.Live, $"byte {at} changed");
            again.Close();
        }
    }

    [TestMethod]
    public async Task Put_OfTheSameKeysForLong_DoesNotGrowTheFileForEver()
    {
        using var folder = new TemporaryFolder();
        using var commits = new GroupCommit();
        var path = folder.File("journal");
        var journal = new KeyValueJournal(path, commits, NullLogger.Instance);
        for (var index = 0; index < 40_000; index++)
        {
            journal.Put($"key {index % 10}", BitConverter.GetBytes(index).Concat(new byte[500]).ToArray());
            if (index % 100 == 0)
            {
                await journal.DurableAsync();
            }
        }

        journal.Remove("key 3");
        await journal.DurableAsync();
        journal.Close();

        Assert.IsLessThan(6L << 20, new FileInfo(path).Length);
        var again = new KeyValueJournal(path, commits, NullLogger.Instance);
        Assert.HasCount(9, again.Live);
        Assert.AreEqual(39_999, BitConverter.ToInt32(again.Live["key 9"]));
        again.Close();
    }
}
