namespace Recoup.Streaming.Kafka.Records;

/// <summary>How an event becomes a record and a record an event. Called from many threads at once.</summary>
public interface IKafkaRecordSerializer
{
    /// <summary>Makes the record of an event that is published to a stream. A key that is left null becomes the stream's own.</summary>
    KafkaRecord Serialize<TEvent>(StreamId stream, TEvent streamEvent);

    /// <summary>Reads an event of the topic's type from a record.</summary>
    /// <exception cref="KafkaRecordException">The record cannot be read, now or later: it goes to the dead letters with this reason.</exception>
    object Deserialize(KafkaRecord record, Type eventType);
}
