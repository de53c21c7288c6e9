namespace Recoup.Streaming.Kafka.Records;

/// <summary>One header of a record. Kafka keeps order and duplicates, so a record has a list of them and not a dictionary.</summary>
/// <param name="Name">The header's name.</param>
/// <param name="Value">Its bytes; null is a value of its own and differs from no bytes.</param>
[GenerateSerializer, Immutable, Alias("recoup.kafka.header")]
public sealed record KafkaHeader([property: Id(0)] string Name, [property: Id(1)] byte[]? Value)
{
    /// <summary>A header whose value is UTF-8 text.</summary>
    public KafkaHeader(string name, string value)
        : this(name, System.Text.Encoding.UTF8.GetBytes(value))
    {
    }

    /// <summary>The value read as UTF-8; null when there is none.</summary>
    public string? Text => Value is null ? null : System.Text.Encoding.UTF8.GetString(Value);
}
