using System.Globalization;

namespace Recoup.Streaming.Kafka.Producing;

/// <summary>Asks the brokers how many partitions a topic has. The client's call blocks, so it gets a thread of its own.</summary>
internal static class TopicPartitions
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a topic that is not there is waited for: one that was just made is not known everywhere at once.</summary>
    private static readonly TimeSpan NewTopicMax = TimeSpan.FromSeconds(3);

    /// <exception cref="KafkaException">The brokers do not answer in time, or have no such topic.</exception>
    public static Task<int> CountAsync(IAdminClient admin, string topic, TimeSpan timeout, string bootstrapServers) => Task.Factory.StartNew(
        () => Count(admin, topic, timeout, bootstrapServers), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static int Count(IAdminClient admin, string topic, TimeSpan timeout, string bootstrapServers)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var remaining = timeout - TimeProvider.System.GetElapsedTime(started);
            var metadata = Ask(admin, topic, remaining > Pause ? remaining : Pause, bootstrapServers).Topics.Find(found => found.Topic == topic);
            if (metadata is { Partitions.Count: > 0 })
            {
                return metadata.Partitions.Count;
            }

            var waited = TimeProvider.System.GetElapsedTime(started);
            if (waited > NewTopicMax || waited > timeout || metadata?.Error.Code is ErrorCode.TopicAuthorizationFailed or ErrorCode.TopicException)
            {
                throw new KafkaException(new Error(
                    metadata?.Error.Code ?? ErrorCode.UnknownTopicOrPart,
                    $"The brokers at {bootstrapServers} have no topic '{topic}' for this client ({metadata?.Error.Reason ?? "not listed"}): create it first."));
            }

            Thread.Sleep(Pause);
        }
    }

    private static Metadata Ask(IAdminClient admin, string topic, TimeSpan timeout, string bootstrapServers)
    {
        try
        {
            return admin.GetMetadata(topic, timeout);
        }
        catch (KafkaException exception) when (exception.Error.Code is ErrorCode.Local_TimedOut or ErrorCode.Local_Transport or ErrorCode.Local_AllBrokersDown)
        {
            var waited = timeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
            throw new KafkaException(
                new Error(exception.Error.Code, $"No broker at {bootstrapServers} answered within {waited} s: {exception.Error.Reason}."), exception);
        }
    }
}
