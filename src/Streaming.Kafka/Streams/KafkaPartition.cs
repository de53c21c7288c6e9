using Recoup.Streaming.Kafka.Hosting;

namespace Recoup.Streaming.Kafka.Streams;

/// <summary>One partition of a topic that is read; one queue, one pulling agent.</summary>
internal sealed record KafkaPartition(KafkaTopicOptions Topic, int Number)
{
    public TopicPartition ToTopicPartition() => new(Topic.Topic, Number);
}
