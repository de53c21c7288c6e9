using System.Globalization;
using System.Text;
using Recoup.Events;
using Recoup.Streaming.Kafka.Records;

namespace Recoup.Silo.Events;

/// <summary>An event of ours as a record: its own key and bytes, type and schema version as headers. The trace's header is the provider's.</summary>
internal sealed class OutgoingEventSerializer : IKafkaRecordSerializer
{
    private static readonly KafkaHeader SchemaVersion =
        new(HeaderNames.SchemaVersion, OutgoingEvent.SchemaVersion.ToString(CultureInfo.InvariantCulture));

    public KafkaRecord Serialize<TEvent>(StreamId stream, TEvent streamEvent) => streamEvent is OutgoingEvent outgoing
        ? new KafkaRecord
        {
            Key = Encoding.UTF8.GetBytes(outgoing.Key),
            Value = outgoing.Value,
            Headers = outgoing.Reason is null
                ? [new(HeaderNames.EventType, outgoing.EventType), SchemaVersion]
                : [new(HeaderNames.EventType, outgoing.EventType), SchemaVersion, new(DeadLetterHeaders.Reason, outgoing.Reason)],
        }
        : throw new ArgumentException($"{typeof(TEvent).Name} is no {nameof(OutgoingEvent)}.", nameof(streamEvent));

    public object Deserialize(KafkaRecord record, Type eventType) => throw new NotSupportedException("These topics are written only.");
}
