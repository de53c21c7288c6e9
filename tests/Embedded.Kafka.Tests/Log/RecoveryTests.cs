using Recoup.Embedded.Kafka.Log;
using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Tests.Log;

/// <summary>What a log is after the process or the machine stopped at any moment.</summary>
[TestClass]
public sealed class RecoveryTests
{
    private static readonly LogSettings SmallSegments = LogSettings.Default with { SegmentBytes = 400 };

    [TestMethod]
    public async Task Open_WithATornTail_EndsAtTheLastWholeBatch()
    {
        var (whole, torn) = (Batches.Of(2), Batches.Of(3));
        for (var cut = 0; cut < torn.Length; cut += 7)
        {
            using var log = new LogFixture();
            await log.AppendAsync([.. whole]);
            await log.AppendAsync([.. torn]);
            using (var file = OpenShared(log.Segments[0]))
            {
                file.SetLength(whole.Length + cut);
            }

            log.Reopen();

            Assert.AreEqual(2, log.Log.EndOffset, $"cut after {cut} bytes");
            Assert.AreEqual(whole.Length, new FileInfo(log.Segments[0]).Length);
            Assert.AreEqual(2, await log.AppendAsync(Batches.Of(1)), "appended where the log ends");
        }
    }

    [TestMethod]
    public async Task Open_WithAByteChangedInTheTail_EndsBeforeIt()
    {
        var size = Batches.Of(2).Length;
        for (var at = 0; at < size; at += 5)
        {
            using var log = new LogFixture();
            await log.AppendAsync(Batches.Of(2));
            await log.AppendAsync(Batches.Of(2));
            Flip(log.Segments[0], size + at);

            log.Reopen();

            // The leader's epoch (bytes 12 to 15) is outside the checksum and says nothing here.
            Assert.AreEqual(at is >= 12 and < 16 ? 4 : 2, log.Log.EndOffset, $"byte {at} changed");
        }
    }

    [TestMethod]
    public async Task Open_WithAHoleInAnEarlierSegment_DropsWhatFollows()
    {
        using var log = new LogFixture(SmallSegments);
        for (var index = 0; index < 10; index++)
        {
            await log.AppendAsync(Batches.Of(3));
        }

        var second = log.Segments[1];
        File.Delete(Path.ChangeExtension(second, ".index"));
        File.Delete(Path.Combine(log.Folder, "checkpoint"));
        Flip(second, 30);

        log.Reopen();

        Assert.AreEqual(long.Parse(Path.GetFileNameWithoutExtension(second), System.Globalization.CultureInfo.InvariantCulture), log.Log.EndOffset);
        Assert.HasCount(2, log.Segments);
    }

    [TestMethod]
    public async Task Open_AfterManySegments_ReadsAllInOrder()
    {
        using var log = new LogFixture(SmallSegments);
        var written = new List<long>();
        for (var index = 0; index < 60; index++)
        {
            written.Add(await log.AppendAsync(Batches.Of(1 + (index % 4))));
        }

        Assert.IsGreaterThan(5, log.Segments.Length);
        CollectionAssert.AreEqual(written, log.BaseOffsets());
        log.Reopen();
        CollectionAssert.AreEqual(written, log.BaseOffsets());
        foreach (var file in Directory.GetFiles(log.Folder).Where(file => !file.EndsWith(".log", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }

        log.Reopen();
        CollectionAssert.AreEqual(written, log.BaseOffsets(), "without checkpoint and indexes");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Open_AfterACrash_KnowsTheProducersLastFiveBatches(bool withCheckpoint)
    {
        using var log = new LogFixture(SmallSegments);
        for (var sequence = 0; sequence < 8; sequence++)
        {
            await log.AppendAsync(Batches.Of(1, producer: (7, 0, sequence)));
        }

        if (!withCheckpoint)
        {
            File.Delete(Path.Combine(log.Folder, "checkpoint"));
        }

        log.Reopen();

        Assert.AreEqual(7, await log.AppendAsync(Batches.Of(1, producer: (7, 0, 7))), "the last one again");
        Assert.AreEqual(3, await log.AppendAsync(Batches.Of(1, producer: (7, 0, 3))), "the fifth from the end again");
        Assert.AreEqual(ErrorCode.OutOfOrderSequenceNumber, log.ErrorOf(Batches.Of(1, producer: (7, 0, 2))));
        Assert.AreEqual(ErrorCode.OutOfOrderSequenceNumber, log.ErrorOf(Batches.Of(1, producer: (7, 0, 9))));
        Assert.AreEqual(8, await log.AppendAsync(Batches.Of(1, producer: (7, 0, 8))));
    }

    [TestMethod]
    public async Task Open_AfterACleanStop_KnowsTheProducersLastBatch()
    {
        using var log = new LogFixture();
        await log.AppendAsync(Batches.Of(2, producer: (7, 0, 0)));
        await log.AppendAsync(Batches.Of(1, producer: (7, 0, 2)));
        log.Log.Close();

        log.Reopen();

        Assert.AreEqual(2, await log.AppendAsync(Batches.Of(1, producer: (7, 0, 2))));
        Assert.AreEqual(ErrorCode.OutOfOrderSequenceNumber, log.ErrorOf(Batches.Of(2, producer: (7, 0, 0))));
        Assert.AreEqual(3, await log.AppendAsync(Batches.Of(1, producer: (7, 0, 3))));
    }

    /// <summary>The log of before the crash still has the file open, as a killed process had.</summary>
    private static FileStream OpenShared(string path) => new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

    private static void Flip(string path, long at)
    {
        using var file = OpenShared(path);
        file.Position = at;
        var value = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(value ^ 0x10));
    }
}
