using Orleans.Streams;
using Recoup.Streaming.Kafka.Hosting;

namespace Recoup.Streaming.Kafka.Streams;

/// <summary>Which topic is which namespace.</summary>
internal sealed class KafkaTopics
{
    private readonly string provider;
    private readonly KafkaStreamOptions options;
    private readonly Dictionary<string, KafkaTopicOptions> byNamespace;

    public KafkaTopics(string provider, KafkaStreamOptions options)
    {
        this.provider = provider;
        this.options = options;
        byNamespace = options.Topics.ToDictionary(topic => topic.Namespace, StringComparer.Ordinal);
        Readable = [.. options.Topics.Where(options.CanRead).OrderBy(topic => topic.Topic, StringComparer.Ordinal)];
    }

    public IReadOnlyList<KafkaTopicOptions> Readable { get; }

    public StreamProviderDirection Direction =>
        Readable.Count == 0 ? StreamProviderDirection.WriteOnly
        : options.Topics.Any(options.CanWrite) ? StreamProviderDirection.ReadWrite
        : StreamProviderDirection.ReadOnly;

    /// <exception cref="InvalidOperationException">The namespace has no topic.</exception>
    public KafkaTopicOptions Of(StreamId stream) => Find(stream) ?? throw new InvalidOperationException(
        $"Stream provider '{provider}' has no topic for namespace '{stream.GetNamespace()}': add it with AddTopic<TEvent>(\"{stream.GetNamespace()}\").");

    public KafkaTopicOptions? Find(StreamId stream) =>
        stream.GetNamespace() is { } name && byNamespace.TryGetValue(name, out var topic) ? topic : null;

    /// <summary>The topic of a stream that is published to.</summary>
    /// <exception cref="InvalidOperationException">It has none, is only read, or carries other events.</exception>
    public KafkaTopicOptions ForPublishing(StreamId stream, Type eventType)
    {
        var topic = Of(stream);
        if (!options.CanWrite(topic))
        {
            throw new InvalidOperationException($"Topic '{topic.Topic}' of stream provider '{provider}' is only read (Direction).");
        }

        if (topic.StreamPer == StreamPer.Partition)
        {
            throw new InvalidOperationException(
                $"Topic '{topic.Topic}' makes one stream a partition, whose key is no record's key: publish with IKafkaProducer.");
        }

        return topic.EventType.IsAssignableFrom(eventType) ? topic : throw new InvalidOperationException(
            $"Topic '{topic.Topic}' carries {topic.EventType}, and {eventType} is none.");
    }
}
