using System.Text;
using Recoup.Streaming.Kafka.Hosting;
using Recoup.Streaming.Kafka.Producing;
using Recoup.Streaming.Kafka.Records;
using Recoup.Streaming.Kafka.Streams;

namespace Recoup.Streaming.Kafka.Tests.Streams;

[TestClass]
public sealed class KafkaQueueMapperTests
{
    private readonly KafkaTopics topics;
    private readonly KafkaQueueMapper mapper;

    public KafkaQueueMapperTests()
    {
        var options = new KafkaStreamOptions
        {
            Topics = { new("b", typeof(KafkaRecord)), new("a", typeof(KafkaRecord)), new("w", typeof(KafkaRecord)) { Direction = Orleans.Streams.StreamProviderDirection.WriteOnly } },
        };
        topics = new KafkaTopics("kafka", options);
        mapper = new KafkaQueueMapper("kafka", topics, new Dictionary<string, int> { ["a"] = 5, ["b"] = 3 });
    }

    [TestMethod]
    public void GetAllQueues_OfTheReadTopics_AreSpreadEvenlyOverTheRing()
    {
        var hashes = mapper.GetAllQueues().Select(queue => (long)queue.GetUniformHashCode()).ToArray();

        CollectionAssert.AreEqual(Enumerable.Range(0, 8).Select(index => index * (1L << 29)).ToArray(), hashes);
    }

    [TestMethod]
    public void GetQueueForStream_AnyKey_IsTheQueueOfItsPartition()
    {
        for (var number = 0; number < 100; number++)
        {
            var partition = mapper.PartitionOf(mapper.GetQueueForStream(StreamId.Create("a", $"key-{number}")));

            Assert.AreEqual("a", partition.Topic.Topic);
            Assert.AreEqual(Murmur2.PartitionOf(Encoding.UTF8.GetBytes($"key-{number}"), 5), partition.Number);
        }
    }

    [TestMethod]
    public void GetQueueForStream_TopicThatIsOnlyWritten_SaysSo() => StringAssert.Contains(
        Assert.ThrowsExactly<InvalidOperationException>(() => mapper.GetQueueForStream(StreamId.Create("w", "k"))).Message, "only written");

    [TestMethod]
    public void ForPublishing_AnEventOfAnotherType_IsRefused()
    {
        var notes = new KafkaTopics("kafka", new KafkaStreamOptions { Topics = { new("notes", typeof(NoteWritten)) } });

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => notes.ForPublishing(StreamId.Create("notes", "k"), typeof(string))).Message,
            "carries Recoup.Streaming.Kafka.Tests.Streams.NoteWritten, and System.String is none");
    }
}
