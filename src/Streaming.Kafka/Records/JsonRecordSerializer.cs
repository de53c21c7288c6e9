using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Recoup.Streaming.Kafka.Records;

/// <summary>
/// Plain JSON values without an envelope, the stream's key as the record's key, and the headers <c>event-type</c> and <c>schema-version</c>: what any
/// reader of the topic understands.
/// </summary>
public sealed class JsonRecordSerializer(JsonRecordOptions options) : IKafkaRecordSerializer
{
    public JsonRecordSerializer()
        : this(new JsonRecordOptions())
    {
    }

    public KafkaRecord Serialize<TEvent>(StreamId stream, TEvent streamEvent)
    {
        ArgumentNullException.ThrowIfNull(streamEvent);

        // The declared type keeps the discriminator of polymorphic events; object declares nothing.
        var type = typeof(TEvent) == typeof(object) ? streamEvent.GetType() : typeof(TEvent);
        return new KafkaRecord
        {
            Key = stream.Key.ToArray(),
            Value = JsonSerializer.SerializeToUtf8Bytes(streamEvent, type, options.Json),
            Headers =
            [
                new(HeaderNames.EventType, options.EventTypeOf(streamEvent)),
                new(HeaderNames.SchemaVersion, options.SchemaVersionOf(streamEvent).ToString(CultureInfo.InvariantCulture)),
            ],
        };
    }

    public object Deserialize(KafkaRecord record, Type eventType)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Value is null)
        {
            throw new KafkaRecordException("The record has no value (a tombstone), and JSON is expected.");
        }

        try
        {
            return JsonSerializer.Deserialize(record.Value, eventType, options.Json)
                ?? throw new KafkaRecordException("The value is the JSON literal null.");
        }
        catch (JsonException exception)
        {
            // The exception's own text may quote the value; its position may not.
            throw new KafkaRecordException(Describe(exception, eventType));
        }
        catch (NotSupportedException exception)
        {
            throw new KafkaRecordException($"{eventType.Name} cannot be read from JSON.", exception);
        }
    }

    private static string Describe(JsonException exception, Type eventType)
    {
        var text = new StringBuilder($"The value is not the JSON of {eventType.Name}");
        if (exception is { LineNumber: { } line, BytePositionInLine: { } position })
        {
            text.Append(CultureInfo.InvariantCulture, $" (line {line + 1}, byte {position + 1})");
        }

        return text.Append('.').ToString();
    }
}
