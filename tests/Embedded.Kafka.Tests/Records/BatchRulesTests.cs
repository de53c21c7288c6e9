using CsCheck;
using Recoup.Embedded.Kafka.Protocol;
using Recoup.Embedded.Kafka.Records;

namespace Recoup.Embedded.Kafka.Tests.Records;

[TestClass]
public sealed class BatchRulesTests
{
    private static readonly TopicLimits Limits = new(1_000_000, false, 3_600_000, long.MaxValue);

    [TestMethod]
    public void Crc_OfTheStandardCheckText_IsTheStandardValue() =>
        Assert.AreEqual(0xE3069283u, Crc32C.Of("123456789"u8));

    [TestMethod]
    public void Check_OfAGoodBatch_ChangesNothing()
    {
        var bytes = Batches.Of(3);
        var before = bytes.ToArray();

        Assert.AreEqual(ErrorCode.None, BatchRules.Check(new RecordBatch(bytes), Limits, now: 1_000).Error);
        CollectionAssert.AreEqual(before, bytes);
    }

    [TestMethod]
    public void Check_WithAnyBitChangedBehindTheChecksum_IsCorrupt() =>
        Gen.Select(Gen.Int[21, Batches.Of(3).Length - 1], Gen.Int[0, 7]).Sample((at, bit) =>
        {
            var bytes = Batches.Of(3);
            bytes[at] ^= (byte)(1 << bit);
            return BatchRules.Check(new RecordBatch(bytes), Limits, now: 1_000).Error == ErrorCode.CorruptMessage;
        });

    [TestMethod]
    public void Check_WhenTheLatestTimeIsWrong_CorrectsItWithTheChecksum()
    {
        var bytes = Batches.Of(3, timestamp: 500);
        new RecordBatch(bytes).SetMaxTimestamp(5, isLogAppendTime: false);

        Assert.AreEqual(ErrorCode.None, BatchRules.Check(new RecordBatch(bytes), Limits, now: 1_000).Error);
        Assert.AreEqual(502, new RecordBatch(bytes).MaxTimestamp);
        Assert.IsTrue(new RecordBatch(bytes).IsIntact);
    }

    [TestMethod]
    public void Check_WhenATopicGivesTheTime_SetsItWithTheChecksum()
    {
        var bytes = Batches.Of(3, timestamp: 500);

        Assert.AreEqual(ErrorCode.None, BatchRules.Check(new RecordBatch(bytes), Limits with { IsLogAppendTime = true }, now: 77_000).Error);
        var batch = new RecordBatch(bytes);
        Assert.AreEqual((77_000, true, true), (batch.MaxTimestamp, batch.IsLogAppendTime, batch.IsIntact));
    }

    [TestMethod]
    public void Check_WithRecordsFromTheFuture_NamesThem()
    {
        var verdict = BatchRules.Check(new RecordBatch(Batches.Of(3, timestamp: 3_601_000)), Limits, now: 1_000);

        Assert.AreEqual(ErrorCode.InvalidTimestamp, verdict.Error);
        CollectionAssert.AreEqual(new[] { 1, 2 }, verdict.TimestampsOutOfRange!.ToArray());
    }

    [TestMethod]
    public void FindOnly_OfAnyBytes_NeverReadsBeyondThem() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            var error = BatchRules.FindOnly(bytes, 8, out var size);
            return error != ErrorCode.None || (size >= RecordBatch.HeaderSize && size <= bytes.Length);
        });

    [TestMethod]
    public void Cursor_OverAnyBytes_EndsWithinThem() =>
        Gen.Byte.Array[0, 100].Sample(bytes =>
        {
            var cursor = new RecordCursor(bytes);
            for (var steps = 0; steps <= bytes.Length && cursor.TryNext(); steps++)
            {
                if (steps == bytes.Length)
                {
                    return false;
                }
            }

            return true;
        });
}
