namespace Recoup.Streaming.Kafka.Records;

/// <summary>
/// A record as bytes. It is what serializers make and read; a stream whose event type it is carries bytes as they came, and no serializer touches them.
/// </summary>
[GenerateSerializer, Immutable, Alias("recoup.kafka.record")]
public sealed record KafkaRecord
{
    /// <summary>The key; null when the record has none. When it is published to a stream, null means the stream's own key.</summary>
    [Id(0)]
    public byte[]? Key { get; init; }

    /// <summary>The value; null is a tombstone.</summary>
    [Id(1)]
    public byte[]? Value { get; init; }

    /// <summary>The headers in order; always an array, which travels between silos.</summary>
    [Id(2)]
    public IReadOnlyList<KafkaHeader> Headers { get; init => field = value as KafkaHeader[] ?? [.. value]; } = Array.Empty<KafkaHeader>();

    /// <summary>When the record was made (or appended, if its topic says so); null lets the producer take the time of publishing.</summary>
    [Id(3)]
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The last header of this name, as UTF-8 text; null when there is none.</summary>
    public string? Header(string name)
    {
        for (var index = Headers.Count - 1; index >= 0; index--)
        {
            if (string.Equals(Headers[index].Name, name, StringComparison.Ordinal))
            {
                return Headers[index].Text;
            }
        }

        return null;
    }
}
