using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Streams;
using Recoup.Streaming.Kafka.Streams;

namespace Recoup.Streaming.Kafka.Hosting;

public static class KafkaStreamsExtensions
{
    /// <summary>
    /// Adds a stream provider over Kafka. Subscriptions are implicit only (<see cref="StreamPubSubType.ImplicitOnly"/>) unless
    /// <paramref name="pubSub"/> says otherwise: explicit ones cost a rendezvous grain a stream and need a storage named <c>PubSubStore</c>.
    /// </summary>
    public static KafkaStreamsBuilder AddKafka(this ISiloBuilder silo, string name, StreamPubSubType pubSub = StreamPubSubType.ImplicitOnly)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.AddPersistentStreams(name, (services, key) => KafkaQueueAdapterFactory.Create(services, key, isClient: false), streams =>
        {
            streams.ConfigureStreamPubSub(pubSub);
            streams.ConfigurePullingAgent(agent => agent.Configure(options =>
            {
                // A read waits for records by itself; the pause between reads is pure delay.
                options.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(10);
                options.InitQueueTimeout = TimeSpan.FromSeconds(30);
            }));
        });
        return Build(silo.Services, name, configure => silo.Services.Configure(name, configure));
    }

    /// <summary>Adds the same provider to a client of the cluster, which publishes; pulling agents live in silos.</summary>
    public static KafkaStreamsBuilder AddKafka(this IClientBuilder client, string name, StreamPubSubType pubSub = StreamPubSubType.ImplicitOnly)
    {
        ArgumentNullException.ThrowIfNull(client);
        client.AddPersistentStreams(
            name,
            (services, key) => KafkaQueueAdapterFactory.Create(services, key, isClient: true),
            streams => streams.ConfigureStreamPubSub(pubSub));
        return Build(client.Services, name, static _ => { });
    }

    private static KafkaStreamsBuilder Build(IServiceCollection services, string name, Action<Action<StreamPullingAgentOptions>> pulling)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KafkaStreamOptions>, KafkaStreamOptionsValidator>());
        KafkaStreamsServices.Add(services, name);
        var options = services.AddOptions<KafkaStreamOptions>(name).ValidateOnStart();

        // Validated when the provider starts and not with the others: it builds on the provider's options, whose errors would be reported twice.
        var producer = services.AddProducer(name).Configure<IOptionsMonitor<KafkaStreamOptions>>((settings, monitor) =>
        {
            var streams = monitor.Get(name);
            settings.BootstrapServers = streams.BootstrapServers;
            settings.ClientId = streams.ClientId;
            foreach (var (key, value) in streams.Settings)
            {
                settings.Settings.TryAdd(key, value);
            }
        });
        return new KafkaStreamsBuilder(name, services, options, producer, pulling);
    }
}
