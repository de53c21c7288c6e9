namespace Recoup.Streaming.Kafka.Records;

/// <summary>A record that cannot be read. The message goes into a header of the dead letter: it must not quote the record.</summary>
public sealed class KafkaRecordException : Exception
{
    public KafkaRecordException()
    {
    }

    public KafkaRecordException(string message)
        : base(message)
    {
    }

    public KafkaRecordException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
