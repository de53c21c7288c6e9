using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging;
using Recoup.Streaming.Kafka.Hosting;
using Recoup.Streaming.Kafka.Producing;

namespace Recoup.Streaming.Kafka.Streams;

/// <summary>What a silo asks of the brokers before it starts: that topics exist, and how many partitions each has.</summary>
internal sealed partial class TopicSetup(string provider, KafkaStreamOptions options, ILogger<TopicSetup> logger)
{
    /// <summary>The number of partitions of each topic that is read.</summary>
    /// <exception cref="KafkaException">No broker answers in time, or a topic does not exist and must not be created.</exception>
    public async Task<IReadOnlyDictionary<string, int>> RunAsync(IReadOnlyList<KafkaTopicOptions> readable)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        if (readable.Count == 0 && !options.CreateTopics)
        {
            return counts;
        }

        using var admin = new AdminClientBuilder(options.ToClientSettings()).SetLogHandler(static (_, _) => { }).Build();
        if (options.CreateTopics)
        {
            await CreateAsync(admin);
        }

        foreach (var topic in readable)
        {
            counts[topic.Topic] = await TopicPartitions.CountAsync(admin, topic.Topic, options.StartTimeout, options.BootstrapServers);
        }

        return counts;
    }

    private async Task CreateAsync(IAdminClient admin)
    {
        var wanted = options.Topics
            .Select(topic => new TopicSpecification { Name = topic.Topic, NumPartitions = topic.Partitions, ReplicationFactor = topic.ReplicationFactor });
        if (options.DeadLetterTopic.Length > 0 && options.Topics.All(topic => topic.Topic != options.DeadLetterTopic))
        {
            wanted = wanted.Append(new TopicSpecification { Name = options.DeadLetterTopic, NumPartitions = 1, ReplicationFactor = -1 });
        }

        try
        {
            await admin.CreateTopicsAsync(wanted, new CreateTopicsOptions { RequestTimeout = options.StartTimeout, OperationTimeout = options.StartTimeout });
            LogCreated(provider, options.Topics.Count);
        }
        catch (CreateTopicsException exception)
        {
            // Another silo, or an earlier start, was first.
            if (exception.Results.Find(result => result.Error.IsError && result.Error.Code != ErrorCode.TopicAlreadyExists) is { } failed)
            {
                throw new KafkaException(
                    new Error(failed.Error.Code, $"Topic '{failed.Topic}' could not be created: {failed.Error.Reason}."), exception);
            }
        }
    }

    [LoggerMessage(4201, LogLevel.Information, "Stream provider {Provider}: {Topics} topics are there.")]
    private partial void LogCreated(string provider, int topics);
}
