using System.Text.RegularExpressions;
using Orleans.Streams;
using Recoup.Streaming.Kafka.Records;

namespace Recoup.Streaming.Kafka.Hosting;

/// <summary>One topic: the streams of one namespace.</summary>
public sealed partial class KafkaTopicOptions(string streamNamespace, Type eventType)
{
    /// <summary>The namespace of the streams.</summary>
    public string Namespace { get; } = streamNamespace;

    /// <summary>What the streams carry; <see cref="KafkaRecord"/> carries records as they are.</summary>
    public Type EventType { get; } = eventType;

    /// <summary>The topic's name. Default: the namespace.</summary>
    public string Topic { get; set; } = streamNamespace;

    /// <summary>Whether the topic is read, written or both. Default: as the provider.</summary>
    public StreamProviderDirection? Direction { get; set; }

    /// <summary>Which records make one stream. Default: those of one key.</summary>
    public StreamPer StreamPer { get; set; }

    /// <summary>How events become records and records events. Default: the provider's serializer.</summary>
    public IKafkaRecordSerializer? Serializer { get; set; }

    /// <summary>How many partitions the topic gets if this provider creates it. Default 4.</summary>
    public int Partitions { get; set; } = 4;

    /// <summary>How many copies the topic gets if this provider creates it. Default -1: as the brokers are set.</summary>
    public short ReplicationFactor { get; set; } = -1;

    internal IEnumerable<string> Problems(string deadLetterTopic, bool isRead)
    {
        if (string.IsNullOrWhiteSpace(Namespace))
        {
            yield return "A topic's stream namespace is empty.";
        }

        if (!Name().IsMatch(Topic) || Topic is "." or "..")
        {
            yield return $"Topic '{Topic}' is no name for a topic: letters, digits, '.', '_' and '-', at most 249.";
        }

        if (isRead && string.Equals(Topic, deadLetterTopic, StringComparison.Ordinal))
        {
            yield return $"Topic '{Topic}' is the provider's own DeadLetterTopic: its dead letters would come back. Read it with another provider.";
        }

        if (Partitions is < 1 or > 10_000)
        {
            yield return $"Topic '{Topic}': Partitions must be between 1 and 10000, not {Partitions}.";
        }

        if (ReplicationFactor is < -1 or 0)
        {
            yield return $"Topic '{Topic}': ReplicationFactor must be -1 (as the brokers are set) or at least 1, not {ReplicationFactor}.";
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9._-]{1,249}$")]
    private static partial Regex Name();
}

/// <summary>Which records of a topic make one stream.</summary>
public enum StreamPer
{
    /// <summary>The records of one key: the stream's key is the record's. Records without a key make one stream a partition.</summary>
    Key,

    /// <summary>The records of one partition: the stream's key is the partition's number. Reads only; for topics whose keys are too many for a grain each.</summary>
    Partition,
}
