using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;
using Recoup.Streaming.Kafka.Hosting;
using Recoup.Streaming.Kafka.Producing;
using Recoup.Streaming.Kafka.Records;

namespace Recoup.Streaming.Kafka.Streams;

/// <summary>Puts one provider together when its silo or client starts.</summary>
internal sealed class KafkaQueueAdapterFactory : IQueueAdapterFactory
{
    private readonly string name;
    private readonly IServiceProvider services;
    private readonly bool isClient;
    private readonly KafkaStreamOptions options;
    private readonly KafkaTopics topics;
    private KafkaQueueMapper? mapper;

    private KafkaQueueAdapterFactory(IServiceProvider services, string name, bool isClient)
    {
        this.services = services;
        this.name = name;
        this.isClient = isClient;
        options = services.GetRequiredService<IOptionsMonitor<KafkaStreamOptions>>().Get(name);
        topics = new KafkaTopics(name, options);
    }

    public static IQueueAdapterFactory Create(IServiceProvider services, string name, bool isClient) => new KafkaQueueAdapterFactory(services, name, isClient);

    Task<IQueueAdapter> IQueueAdapterFactory.CreateAdapter() => CreateAdapter(CancellationToken.None);

    public async Task<IQueueAdapter> CreateAdapter(CancellationToken cancellationToken)
    {
        // A client has no pulling agents, so it need not know the partitions and starts without the brokers.
        if (!isClient)
        {
            var setup = new TopicSetup(name, options, services.GetRequiredService<ILogger<TopicSetup>>());
            mapper = new KafkaQueueMapper(name, topics, await setup.RunAsync(topics.Readable));
        }

        return new KafkaQueueAdapter(
            name,
            topics,
            services.GetRequiredKeyedService<IKafkaProducer>(name),
            services.GetRequiredKeyedService<IKafkaRecordSerializer>(name),
            CreateReceiver);
    }

    public IQueueAdapterCache GetQueueAdapterCache() => throw new NotSupportedException("reading comes next");

    public IStreamQueueMapper GetStreamQueueMapper() => Mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) => throw new NotSupportedException("reading comes next");

    private KafkaQueueMapper Mapper => mapper ?? throw new InvalidOperationException($"Stream provider '{name}' has not started.");

    private IQueueAdapterReceiver CreateReceiver(QueueId queue) => throw new NotSupportedException("reading comes next");
}
