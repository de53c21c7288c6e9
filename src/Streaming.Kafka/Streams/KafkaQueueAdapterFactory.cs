using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Streams;
using Recoup.Streaming.Kafka.Consuming;
using Recoup.Streaming.Kafka.Hosting;
using Recoup.Streaming.Kafka.Producing;
using Recoup.Streaming.Kafka.Records;
using Recoup.Streaming.Kafka.Telemetry;

namespace Recoup.Streaming.Kafka.Streams;

/// <summary>Puts one provider together when its silo or client starts.</summary>
internal sealed class KafkaQueueAdapterFactory : IQueueAdapterFactory, IQueueAdapterCache, IControllable
{
    /// <summary>Sent to the providers of all silos: the agent of this stream looks for its subscriptions. (Commands from 20000 on reach the factory.)</summary>
    public const int WakeCommand = 20_001;

    private readonly string name;
    private readonly IServiceProvider services;
    private readonly bool isClient;
    private readonly KafkaStreamOptions options;
    private readonly KafkaTopics topics;

    /// <summary>The caches of this silo's agents; an agent makes its own before its receiver.</summary>
    private readonly ConcurrentDictionary<QueueId, PartitionCache> caches = new();
    private KafkaQueueMapper? mapper;

    private KafkaQueueAdapterFactory(IServiceProvider services, string name, bool isClient)
    {
        this.services = services;
        this.name = name;
        this.isClient = isClient;
        options = services.GetRequiredService<IOptionsMonitor<KafkaStreamOptions>>().Get(name);
        topics = services.GetRequiredKeyedService<KafkaTopics>(name);
    }

    private KafkaQueueMapper Mapper => mapper ?? throw new InvalidOperationException($"Stream provider '{name}' has not started.");

    public static IQueueAdapterFactory Create(IServiceProvider services, string name, bool isClient) => new KafkaQueueAdapterFactory(services, name, isClient);

    Task<IQueueAdapter> IQueueAdapterFactory.CreateAdapter() => CreateAdapter(CancellationToken.None);

    public async Task<IQueueAdapter> CreateAdapter(CancellationToken cancellationToken)
    {
        // First, because it is made with options of its own: a mistake there is told before the brokers are waited for.
        var producer = services.GetRequiredKeyedService<IKafkaProducer>(name);

        // A client has no pulling agents, so it need not know the partitions and starts without the brokers.
        if (!isClient)
        {
            CheckAgents(services.GetRequiredService<IOptionsMonitor<StreamPullingAgentOptions>>().Get(name));
            var setup = new TopicSetup(name, options, services.GetRequiredService<ILogger<TopicSetup>>());
            mapper = new KafkaQueueMapper(name, topics, await setup.RunAsync(topics.Readable));
        }

        return new KafkaQueueAdapter(
            name,
            topics,
            producer,
            services.GetRequiredKeyedService<IKafkaRecordSerializer>(name),
            CreateReceiver);
    }

    public IQueueAdapterCache GetQueueAdapterCache() => this;

    public IStreamQueueMapper GetStreamQueueMapper() => Mapper;

    public IQueueCache CreateQueueCache(QueueId queueId) => caches[queueId] = new PartitionCache(Mapper.PartitionOf(queueId).Number);

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) => Task.FromResult<IStreamFailureHandler>(new PartitionFailureHandler(
        Mapper.PartitionOf(queueId),
        () => caches.GetValueOrDefault(queueId),
        services.GetRequiredKeyedService<DeadLetters>(name),
        services.GetRequiredService<ILogger<PartitionFailureHandler>>()));

    public Task<object?> ExecuteCommand(int command, object? arg)
    {
        if (command != WakeCommand || arg is not StreamId stream)
        {
            throw new ArgumentException($"Stream provider '{name}' has no command {command} for {arg?.GetType().Name ?? "null"}.", nameof(command));
        }

        var isHere = caches.TryGetValue(Mapper.GetQueueForStream(stream), out var cache);
        cache?.WakeUps.Enqueue(stream);
        return Task.FromResult<object?>(isHere);
    }

    private static void CheckAgents(StreamPullingAgentOptions agents)
    {
        if (agents.BatchContainerBatchSize > 1)
        {
            // An agent takes a whole batch from the cursor before it delivers any of it, and each step says that the record before is done.
            throw new OrleansConfigurationException(
                $"BatchContainerBatchSize is {agents.BatchContainerBatchSize}: this provider delivers record by record, so it must be 1.");
        }
    }

    private PartitionReceiver CreateReceiver(QueueId queue) => new(
        name,
        Mapper.PartitionOf(queue),
        caches[queue],
        services.GetRequiredKeyedService<KafkaReader>(name),
        services.GetRequiredKeyedService<RecordDecoder>(name),
        services.GetRequiredKeyedService<DeadLetters>(name),
        options,
        services.GetRequiredService<KafkaMeter>(),
        services.GetRequiredService<ILogger<PartitionReceiver>>());
}
