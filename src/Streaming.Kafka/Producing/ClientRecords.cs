using Recoup.Streaming.Kafka.Records;
using Recoup.Streaming.Kafka.Telemetry;

namespace Recoup.Streaming.Kafka.Producing;

/// <summary>Between our records and the client's.</summary>
internal static class ClientRecords
{
    public static Message<byte[]?, byte[]?> From(KafkaRecord record)
    {
        var headers = new Headers();
        for (var index = 0; index < record.Headers.Count; index++)
        {
            headers.Add(record.Headers[index].Name, record.Headers[index].Value);
        }

        KafkaTracing.AddTo(headers, record);
        return new Message<byte[]?, byte[]?>
        {
            Key = record.Key,
            Value = record.Value,
            Headers = headers,
            Timestamp = record.Timestamp is { } time ? new Timestamp(time) : Timestamp.Default,
        };
    }

    public static KafkaRecord ToRecord(Message<byte[]?, byte[]?> message) => new()
    {
        Key = message.Key,
        Value = message.Value,
        Headers = message.Headers is { Count: > 0 } headers ? [.. headers.Select(header => new KafkaHeader(header.Key, header.GetValueBytes()))] : [],
        Timestamp = message.Timestamp.Type == TimestampType.NotAvailable
            ? null
            : DateTimeOffset.FromUnixTimeMilliseconds(message.Timestamp.UnixTimestampMs),
    };
}
