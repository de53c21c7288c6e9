using System.Text;
using Recoup.Streaming.Kafka.Records;

namespace Recoup.Streaming.Kafka.Producing;

/// <summary>A record and the topic it is for.</summary>
public sealed record KafkaMessage(string Topic, KafkaRecord Record)
{
    /// <summary>A record with a text key and a value of bytes.</summary>
    public KafkaMessage(string topic, string key, byte[] value, params IReadOnlyList<KafkaHeader> headers)
        : this(topic, new KafkaRecord { Key = Encoding.UTF8.GetBytes(key), Value = value, Headers = headers })
    {
    }

    /// <summary>Key and value, which is what memory is reserved for.</summary>
    internal long Size => (Record.Key?.Length ?? 0L) + (Record.Value?.Length ?? 0L);
}
