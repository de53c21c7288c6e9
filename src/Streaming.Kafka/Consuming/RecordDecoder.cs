using System.Globalization;
using System.Text;
using Recoup.Streaming.Kafka.Hosting;
using Recoup.Streaming.Kafka.Records;
using Recoup.Streaming.Kafka.Streams;

namespace Recoup.Streaming.Kafka.Consuming;

/// <summary>From records to streams and events.</summary>
internal sealed class RecordDecoder(KafkaTopics topics, IKafkaRecordSerializer serializer)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The stream of the records of a partition that have no key of their own.</summary>
    public static StreamId StreamOfPartition(KafkaPartition partition) => StreamId.Create(
        partition.Topic.Namespace,
        partition.Topic.StreamPer == StreamPer.Partition
            ? partition.Number.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"partition-{partition.Number}"));

    /// <exception cref="KafkaRecordException">The key is no text.</exception>
    public static StreamId StreamOf(KafkaPartition partition, byte[]? key)
    {
        if (partition.Topic.StreamPer == StreamPer.Partition || key is null or { Length: 0 })
        {
            return StreamOfPartition(partition);
        }

        try
        {
            // Refused here, because a grain's key is text.
            StrictUtf8.GetCharCount(key);
        }
        catch (DecoderFallbackException)
        {
            throw new KafkaRecordException("The key is not UTF-8.");
        }

        return StreamId.Create(Encoding.UTF8.GetBytes(partition.Topic.Namespace), key);
    }

    /// <exception cref="KafkaRecordException">The record cannot be read; any other exception of a serializer means the same.</exception>
    public object Decode(StreamId stream, KafkaRecord record)
    {
        var topic = topics.Of(stream);
        return topic.EventType == typeof(KafkaRecord) ? record : (topic.Serializer ?? serializer).Deserialize(record, topic.EventType);
    }
}
