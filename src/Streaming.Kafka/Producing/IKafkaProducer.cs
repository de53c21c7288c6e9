namespace Recoup.Streaming.Kafka.Producing;

/// <summary>
/// Publishes records. A call completes when all in-sync replicas have acknowledged, and never drops: while too much is in flight it waits its turn.
/// Records of one key reach the log in the order of the calls, also when the caller does not wait between them.
/// </summary>
public interface IKafkaProducer
{
    /// <summary>Publishes one record and says where it lies.</summary>
    /// <param name="message">The record; its partition is Java's murmur2 of the key.</param>
    /// <param name="cancellationToken">Ends the wait for a turn. A record that has been handed to the client is no longer taken back.</param>
    /// <exception cref="KafkaPublishException">The record was refused, or nobody acknowledged it in time; then it may or may not be in the log.</exception>
    Task<RecordPosition> PublishAsync(KafkaMessage message, CancellationToken cancellationToken = default);

    /// <summary>Publishes records in this order and completes when all are acknowledged.</summary>
    /// <exception cref="KafkaPublishException">
    /// At least one failed; <see cref="KafkaPublishException.Failures"/> has the index of each, all others are in the log. Who needs order publishes
    /// everything from the first failed one on again.
    /// </exception>
    Task<IReadOnlyList<RecordPosition>> PublishAsync(IReadOnlyList<KafkaMessage> messages, CancellationToken cancellationToken = default);
}
