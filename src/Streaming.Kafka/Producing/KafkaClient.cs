using Microsoft.Extensions.Logging;

namespace Recoup.Streaming.Kafka.Producing;

/// <summary>One instance of the client library's producer, which lives until its first fatal error.</summary>
internal sealed class KafkaClient
{
    private readonly IProducer<byte[]?, byte[]?> producer;

    public KafkaClient(KafkaProducerOptions options, Action<KafkaClient, Error> onFatalError, Action<LogLevel, string, string> log)
    {
        producer = new ProducerBuilder<byte[]?, byte[]?>(options.ToConfig())
            .SetKeySerializer(Serializers.ByteArray)
            .SetValueSerializer(Serializers.ByteArray)
            .SetErrorHandler((_, error) =>
            {
                if (error.IsFatal)
                {
                    onFatalError(this, error);
                }
            })
            .SetLogHandler((_, message) => log((LogLevel)message.LevelAs(LogLevelType.MicrosoftExtensionsLogging), message.Facility, message.Message))
            .Build();
        Admin = new DependentAdminClientBuilder(producer.Handle).Build();
    }

    public IAdminClient Admin { get; }

    /// <summary>Hands a record over; the partition is ours, not the client's choice.</summary>
    /// <exception cref="ProduceException{TKey, TValue}">The client does not take it.</exception>
    public void Send(TopicLane lane, PendingRecord record, Action<PendingRecord, DeliveryReport<byte[]?, byte[]?>> delivered)
    {
        var partition = record.Message.Key is { } key ? new Partition(Murmur2.PartitionOf(key, lane.Partitions)) : Partition.Any;
        producer.Produce(new TopicPartition(lane.Topic, partition), record.Message, report => delivered(record, report));
    }

    /// <summary>Waits for the reports of all records, which come at the latest when the delivery timeout has passed; then ends the client.</summary>
    public void Close(TimeSpan timeout)
    {
        producer.Flush(timeout);
        Admin.Dispose();
        producer.Dispose();
    }
}
