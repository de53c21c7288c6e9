using Orleans.Streams;
using Recoup.Streaming.Kafka.Producing;
using Recoup.Streaming.Kafka.Records;

namespace Recoup.Streaming.Kafka.Streams;

/// <summary>Publishes the events of streams; a call completes when the brokers have acknowledged all of them.</summary>
internal sealed class KafkaQueueAdapter(
    string name,
    KafkaTopics topics,
    IKafkaProducer producer,
    IKafkaRecordSerializer serializer,
    Func<QueueId, IQueueAdapterReceiver> createReceiver) : IQueueAdapter
{
    public string Name => name;

    public bool IsRewindable => true;

    public StreamProviderDirection Direction => topics.Direction;

    public Task QueueMessageBatchAsync<T>(StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        if (token is not null)
        {
            throw new NotSupportedException("A published event gets its place in the log from the brokers; a sequence token cannot be given.");
        }

        var topic = topics.ForPublishing(streamId, typeof(T));
        var used = topic.Serializer ?? serializer;
        var messages = events.Select(streamEvent => new KafkaMessage(topic.Topic, ToRecord(used, streamId, streamEvent))).ToList();
        return messages.Count == 1 ? producer.PublishAsync(messages[0]) : producer.PublishAsync(messages);
    }

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => createReceiver(queueId);

    private static KafkaRecord ToRecord<T>(IKafkaRecordSerializer serializer, StreamId stream, T streamEvent)
    {
        // Bytes pass as they are.
        var record = streamEvent as KafkaRecord ?? serializer.Serialize(stream, streamEvent);
        return record.Key is null ? record with { Key = stream.Key.ToArray() } : record;
    }
}
