using Orleans.Streams;
using Recoup.Streaming.Kafka.Producing;

namespace Recoup.Streaming.Kafka.Streams;

/// <summary>
/// A queue for each partition. Their hashes are spread evenly over the whole ring, so that each silo's range holds its share; all silos compute the same.
/// </summary>
internal sealed class KafkaQueueMapper : IConsistentRingStreamQueueMapper
{
    private const long RingSize = 1L << 32;

    private readonly KafkaTopics topics;
    private readonly QueueId[] queues;
    private readonly Dictionary<QueueId, KafkaPartition> partitions = [];
    private readonly Dictionary<string, QueueId[]> byTopic;

    /// <param name="provider">The provider's name, the prefix of the queues' names.</param>
    /// <param name="topics">The topics.</param>
    /// <param name="counts">How many partitions each readable topic has.</param>
    public KafkaQueueMapper(string provider, KafkaTopics topics, IReadOnlyDictionary<string, int> counts)
    {
        this.topics = topics;
        var all = topics.Readable
            .SelectMany(topic => Enumerable.Range(0, counts[topic.Topic]).Select(number => new KafkaPartition(topic, number)))
            .ToArray();
        queues = new QueueId[all.Length];
        for (var index = 0; index < all.Length; index++)
        {
            var hash = (uint)(index * RingSize / all.Length);
            queues[index] = QueueId.GetQueueId($"{provider}/{all[index].Topic.Topic}", (uint)all[index].Number, hash);
            partitions.Add(queues[index], all[index]);
        }

        byTopic = queues.GroupBy(queue => partitions[queue].Topic.Topic, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    public IEnumerable<QueueId> GetAllQueues() => queues;

    public IEnumerable<QueueId> GetQueuesForRange(IRingRange range) => queues.Where(queue => range.InRange(queue.GetUniformHashCode()));

    /// <summary>The queue whose partition a stream's key hashes to.</summary>
    /// <exception cref="InvalidOperationException">The stream's topic is not read.</exception>
    public QueueId GetQueueForStream(StreamId streamId)
    {
        var topic = topics.Of(streamId);
        return byTopic.TryGetValue(topic.Topic, out var found)
            ? found[Murmur2.PartitionOf(streamId.Key.Span, found.Length)]
            : throw new InvalidOperationException($"Topic '{topic.Topic}' is only written; nobody reads it here.");
    }

    public KafkaPartition PartitionOf(QueueId queue) => partitions[queue];
}
