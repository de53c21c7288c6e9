using Orleans.Streams;
using Recoup.Streaming.Kafka.Consuming;
using Recoup.Streaming.Kafka.Records;
using Recoup.Streaming.Kafka.Streams;

namespace Recoup.Streaming.Kafka.Tests.Consuming;

[TestClass]
public sealed class PartitionCacheTests
{
    private static readonly StreamId A = StreamId.Create("notes", "a");
    private static readonly StreamId B = StreamId.Create("notes", "b");

    private readonly DeliveryProgress progress = new();
    private readonly PartitionCache cache = new(partition: 2);

    [TestMethod]
    public void Cursor_OfOneStream_SeesItsRecordsOnlyInOrder()
    {
        Add((A, 0), (B, 1), (A, 2));
        var cursor = CursorAt(A, 0);

        CollectionAssert.AreEqual(new long[] { 0, 2 }, Drain(cursor));
        Add((B, 3), (A, 4));
        CollectionAssert.AreEqual(new long[] { 4 }, Drain(cursor));
    }

    [TestMethod]
    public void Purge_RecordIsBeingDelivered_KeepsItAndAllAfterIt()
    {
        Add((A, 0), (B, 1));
        var slow = CursorAt(A, 0);
        slow.MoveNextWithResult();
        Drain(CursorAt(B, 1));

        Assert.IsFalse(cache.TryPurgeFromCache(out _));
        Assert.AreEqual(0, progress.Advance());

        slow.MoveNextWithResult();
        Assert.IsTrue(cache.TryPurgeFromCache(out var purged));
        Assert.HasCount(2, purged);
        Assert.AreEqual(2, progress.Advance());
    }

    [TestMethod]
    public void Purge_OneOfTwoSubscribersHasNotSeenIt_KeepsIt()
    {
        Add((A, 0));
        var first = CursorAt(A, 0);
        var second = CursorAt(A, 0);
        Drain(first);

        Assert.IsFalse(cache.TryPurgeFromCache(out _));
        Drain(second);
        Assert.IsTrue(cache.TryPurgeFromCache(out _));
    }

    [TestMethod]
    public void Purge_NobodySubscribed_LetsItGo()
    {
        Add((A, 0));

        Assert.IsTrue(cache.TryPurgeFromCache(out _));
    }

    [TestMethod]
    public void Purge_DeliveryFailed_KeepsItUntilItIsAmongTheDeadLetters()
    {
        Add((A, 0), (A, 1));
        var cursor = CursorAt(A, 0);
        cursor.MoveNextWithResult();
        cursor.RecordDeliveryFailure();
        var record = (KafkaBatchContainer)cursor.GetCurrent(out _)!;
        Drain(cursor);

        Assert.IsFalse(cache.TryPurgeFromCache(out _));
        record.IsUndelivered = false;
        Assert.IsTrue(cache.TryPurgeFromCache(out _));
    }

    [TestMethod]
    public void Purge_AgentStoppedAndDisposedOfItsCursors_CountsNothingAsDelivered()
    {
        Add((A, 0), (A, 1));
        var cursor = CursorAt(A, 0);
        Drain(cursor, 1);
        cache.Stopping = new CancellationToken(canceled: true);
        cursor.Dispose();

        Assert.IsFalse(cache.TryPurgeFromCache(out _), "The first record was handed out, and nobody says that it arrived.");
        Assert.AreEqual(0, progress.Advance());
    }

    [TestMethod]
    public void Cursor_AgentStopped_HandsOutNothingMore()
    {
        Add((A, 0), (A, 1));
        var cursor = CursorAt(A, 0);
        cache.Stopping = new CancellationToken(canceled: true);

        Assert.AreEqual(QueueCacheCursorMoveResultKind.NoData, cursor.MoveNextWithResult().Kind);
    }

    [TestMethod]
    public void Cursor_WithoutAToken_BeginsWithWhatComes()
    {
        Add((A, 0));
        var cursor = cache.TryGetCacheCursor(A, null).Cursor!;
        Add((A, 1));

        CollectionAssert.AreEqual(new long[] { 1 }, Drain(cursor));
    }

    [TestMethod]
    public void Cursor_TokenOfAnotherPartition_IsAMiss()
    {
        Add((A, 0));

        Assert.AreEqual(QueueCacheCursorResultKind.CacheMiss, cache.TryGetCacheCursor(A, new KafkaSequenceToken(1, 0)).Kind);
    }

    [TestMethod]
    public void Cursor_TokenBeyondTheLog_IsAMissBecauseTheTopicIsANewOne()
    {
        Add((A, 0));

        Assert.AreEqual(QueueCacheCursorResultKind.CacheMiss, cache.TryGetCacheCursor(A, new KafkaSequenceToken(2, 1)).Kind);
    }

    [TestMethod]
    public void Rewind_BeforeTheCache_ReplaysFirstAndThenGoesOnWithoutAGap()
    {
        cache.StartAt(10);
        cache.LogEnd = 10;
        Add((A, 10));
        var cursor = cache.TryGetCacheCursor(A, new KafkaSequenceToken(2, 4, isRewind: true)).Cursor!;
        Assert.IsEmpty(Drain(cursor), "What is new waits for what is old.");

        Assert.AreEqual((5L, 10L), cache.Replays.Begin());
        cache.Replays.Add(Container(A, 4, isRewind: true));
        cache.Replays.Add(Container(A, 5, isRewind: true));
        cache.Replays.Add(Container(B, 6, isRewind: true));
        cache.Replays.Add(Container(A, 9, isRewind: true));
        cache.Replays.Complete();

        CollectionAssert.AreEqual(new long[] { 5, 9, 10 }, Drain(cursor));
    }

    [TestMethod]
    public void Rewind_WhileItLasts_HoldsWhatIsNewForItsSubscriber()
    {
        cache.StartAt(10);
        cache.LogEnd = 10;
        Add((A, 10));
        var cursor = cache.TryGetCacheCursor(A, new KafkaSequenceToken(2, 4, isRewind: true)).Cursor!;

        Assert.IsFalse(cache.TryPurgeFromCache(out _));
        cursor.Dispose();
        Assert.IsFalse(cache.Replays.HasRequests);
        Assert.IsTrue(cache.TryPurgeFromCache(out _));
    }

    private IQueueCacheCursor CursorAt(StreamId stream, long offset) => cache.TryGetCacheCursor(stream, new KafkaSequenceToken(2, offset)).Cursor!;

    private void Add(params (StreamId Stream, long Offset)[] records) =>
        cache.AddToCache([.. records.Select(record => Container(record.Stream, record.Offset, isRewind: false))]);

    private KafkaBatchContainer Container(StreamId stream, long offset, bool isRewind) =>
        new("kafka", stream, new KafkaSequenceToken(2, offset, isRewind), new KafkaRecord()) { Progress = isRewind ? null : progress.Read(offset) };

    private static long[] Drain(IQueueCacheCursor cursor, int most = int.MaxValue)
    {
        var offsets = new List<long>();
        while (offsets.Count < most && cursor.MoveNextWithResult().Kind == QueueCacheCursorMoveResultKind.Success)
        {
            offsets.Add(cursor.GetCurrent(out _)!.SequenceToken.SequenceNumber);
        }

        return [.. offsets];
    }
}
