using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Recoup.Streaming.Kafka.Streams;

namespace Recoup.Streaming.Kafka.Consuming;

/// <summary>What happens to a record that a subscription refused until its agent gave up.</summary>
internal sealed partial class PartitionFailureHandler(
    KafkaPartition partition, Func<PartitionCache?> cache, DeadLetters deadLetters, ILogger<PartitionFailureHandler> logger) : IStreamFailureHandler
{
    public bool ShouldFaultSubsriptionOnError => false;

    /// <summary>The agent waits for this and then goes on with the next record. While it stops, the record is kept: the next agent delivers it again.</summary>
    public async Task OnDeliveryFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken)
    {
        if (cache() is not { } records || records.Stopping.IsCancellationRequested
            || sequenceToken is not KafkaSequenceToken token || records.Find(streamIdentity, token) is not { } record)
        {
            return;
        }

        var reason = $"Subscription {subscriptionId.Guid} of stream {streamIdentity} refused it until the agent gave up; the silo's log has the exception.";
        if (await deadLetters.PublishAsync(partition, token.Offset, record.Record, DeadLetters.NotDelivered, reason, records.Stopping))
        {
            record.IsUndelivered = false;
        }
    }

    public Task OnSubscriptionFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken)
    {
        LogSubscriptionFailed(streamProviderName, subscriptionId.Guid, streamIdentity);
        return Task.CompletedTask;
    }

    [LoggerMessage(4601, LogLevel.Warning, "Stream provider {Provider}: subscription {Subscription} of {Stream} could not say where it wants to begin.")]
    private partial void LogSubscriptionFailed(string provider, Guid subscription, StreamId stream);
}
