using Recoup.Streaming.Kafka.Consuming;
using Recoup.Streaming.Kafka.Hosting;

namespace Recoup.Streaming.Kafka.Tests.Consuming;

[TestClass]
public sealed class StartOffsetsTests
{
    [TestMethod]
    [DataRow(KafkaStart.Earliest, 10L)]
    [DataRow(KafkaStart.Latest, 50L)]
    public void Decide_NewGroup_BeginsWhereItIsTold(KafkaStart start, long expected) =>
        Assert.AreEqual(new StartOffset(expected, 50, null, false), StartOffsets.Decide(Offset.Unset, 10, 50, start, OffsetLostAction.Stop));

    [TestMethod]
    [DataRow(10L)]
    [DataRow(30L)]
    [DataRow(50L)]
    public void Decide_CommittedIsInTheLog_GoesOnThere(long committed) =>
        Assert.AreEqual(new StartOffset(committed, 50, null, false), Decide(committed, OffsetLostAction.Stop));

    [TestMethod]
    [DataRow(9L, OffsetLostAction.Earliest, 10L)]
    [DataRow(9L, OffsetLostAction.Latest, 50L)]
    [DataRow(51L, OffsetLostAction.Earliest, 10L)]
    [DataRow(51L, OffsetLostAction.Latest, 50L)]
    public void Decide_CommittedIsGone_DoesAsToldAndSaysWhatWasLost(long committed, OffsetLostAction action, long expected) =>
        Assert.AreEqual(new StartOffset(expected, 50, committed, false), Decide(committed, action));

    [TestMethod]
    public void Decide_CommittedIsGoneAndStopIsTold_ReadsNothing() =>
        Assert.AreEqual(new StartOffset(9, 50, 9, true), Decide(9, OffsetLostAction.Stop));

    private static StartOffset Decide(long committed, OffsetLostAction action) =>
        StartOffsets.Decide(new Offset(committed), 10, 50, KafkaStart.Earliest, action);
}
