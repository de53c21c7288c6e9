using Recoup.Embedded.Kafka.Log;
using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Tests.Log;

[TestClass]
public sealed class PartitionLogTests
{
    private static readonly LogSettings SmallSegments = LogSettings.Default with { SegmentBytes = 300 };

    [TestMethod]
    public async Task Locate_WithAnOffsetInsideABatch_BeginsWithThatBatch()
    {
        using var log = new LogFixture();
        for (var index = 0; index < 500; index++)
        {
            await log.AppendAsync(Batches.Of(3, valueSize: 100));
        }

        var size = Batches.Of(3, valueSize: 100).Length;
        for (var offset = 0; offset < 1_500; offset += 13)
        {
            var slice = log.Log.Locate(offset, 1, mayExceed: true);
            Assert.AreEqual((offset / 3L * size, size), (slice.Position, slice.Length));
        }

        Assert.AreEqual(0, log.Log.Locate(0, 1, mayExceed: false).Length);
        Assert.AreEqual(0, log.Log.Locate(1_500, 1 << 20, mayExceed: true).Length);
    }

    [TestMethod]
    public async Task Append_BeforeItIsOnTheDisk_CannotBeRead()
    {
        using var log = new LogFixture();
        await log.AppendAsync(Batches.Of(1));
        using var disk = log.HoldDisk();
        var outcome = log.Log.Append(Batches.Of(1));

        Assert.AreEqual((1L, false), (log.Log.EndOffset, outcome.Durable!.IsCompleted), "while the disk has not answered");
        disk.Dispose();
        await outcome.Durable!;
        Assert.AreEqual(2, log.Log.EndOffset);
    }

    [TestMethod]
    public async Task FindTime_AcrossSegments_GivesTheFirstRecordAtOrAfterIt()
    {
        using var log = new LogFixture(SmallSegments);
        for (var index = 0; index < 30; index++)
        {
            await log.AppendAsync(Batches.Of(2, timestamp: 10_000 + (index * 10)));
        }

        Assert.AreEqual((0L, 10_000L), log.Log.FindTime(0));
        Assert.AreEqual((14L, 10_070L), log.Log.FindTime(10_062));
        Assert.AreEqual((15L, 10_071L), log.Log.FindTime(10_071));
        Assert.AreEqual((59L, 10_291L), log.Log.FindTime(10_291));
        Assert.IsNull(log.Log.FindTime(10_292));
    }

    [TestMethod]
    public async Task CleanUp_ByTime_RemovesOldSegmentsAndMovesTheStart()
    {
        using var log = new LogFixture(SmallSegments with { RetentionTime = TimeSpan.FromSeconds(60) });
        for (var index = 0; index < 20; index++)
        {
            await log.AppendAsync(Batches.Of(2, timestamp: index * 10_000));
        }

        log.Clock.Advance(TimeSpan.FromSeconds(200));
        log.Log.CleanUp();

        Assert.IsGreaterThan(20, log.Log.StartOffset);
        Assert.AreEqual(40, log.Log.EndOffset);
        Assert.IsNotEmpty(log.BaseOffsets());
        log.Clock.Advance(TimeSpan.FromHours(1));
        log.Log.CleanUp();
        await log.SettleAsync();
        log.Log.CleanUp();
        Assert.AreEqual((40L, 40L), (log.Log.StartOffset, log.Log.EndOffset), "everything is old");
        log.Reopen();
        Assert.AreEqual((40L, 40L), (log.Log.StartOffset, log.Log.EndOffset), "the log goes on where it was");
        Assert.AreEqual(40, await log.AppendAsync(Batches.Of(1, timestamp: 5_000_000)));
    }

    [TestMethod]
    public async Task CleanUp_BySize_KeepsAtLeastThatMuch()
    {
        using var log = new LogFixture(SmallSegments with { RetentionBytes = 1_000, RetentionTime = null });
        for (var index = 0; index < 50; index++)
        {
            await log.AppendAsync(Batches.Of(2));
        }

        log.Log.CleanUp();

        var kept = log.Segments.Sum(file => new FileInfo(file).Length);
        Assert.IsTrue(kept is >= 1_000 and < 1_600, $"{kept} bytes");
    }

    [TestMethod]
    public async Task CleanUp_OfASilentProducer_ForgetsIt()
    {
        using var log = new LogFixture();
        await log.AppendAsync(Batches.Of(1, producer: (7, 0, 0)));
        Assert.AreEqual(ErrorCode.OutOfOrderSequenceNumber, log.ErrorOf(Batches.Of(1, producer: (7, 0, 5))));

        log.Clock.Advance(TimeSpan.FromDays(1.1));
        log.Log.CleanUp();

        Assert.AreEqual(ErrorCode.None, log.ErrorOf(Batches.Of(1, producer: (7, 0, 5))));
    }

    [TestMethod]
    public void Append_WithSequencesAroundTheLargestNumber_GoesOnAtZero()
    {
        using var log = new LogFixture();
        Assert.AreEqual(ErrorCode.None, log.ErrorOf(Batches.Of(3, producer: (7, 0, int.MaxValue - 1))));
        Assert.AreEqual(ErrorCode.None, log.ErrorOf(Batches.Of(1, producer: (7, 0, 1))));
        Assert.AreEqual(ErrorCode.None, log.ErrorOf(Batches.Of(1, producer: (7, 0, 2))));
        Assert.AreEqual(ErrorCode.InvalidProducerEpoch, log.ErrorOf(Batches.Of(1, producer: (7, -1, 3))));
    }
}
