using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recoup.Streaming.Kafka.Consuming;
using Recoup.Streaming.Kafka.Producing;
using Recoup.Streaming.Kafka.Records;
using Recoup.Streaming.Kafka.Streams;
using Recoup.Streaming.Kafka.Telemetry;

namespace Recoup.Streaming.Kafka.Hosting;

/// <summary>What one provider is made of, each a keyed singleton of its name and made when it is needed: who only writes has no reader.</summary>
internal static class KafkaStreamsServices
{
    public static void Add(IServiceCollection services, string name)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<KafkaBatchContainerHooks>();
        services.TryAddKeyedSingleton<IKafkaRecordSerializer>(name, static (_, _) => new JsonRecordSerializer());
        services.TryAddKeyedSingleton(name, static (provider, key) => new KafkaTopics((string)key!, Options(provider, key)));
        services.TryAddKeyedSingleton(name, static (provider, key) => new RecordDecoder(
            provider.GetRequiredKeyedService<KafkaTopics>(key), provider.GetRequiredKeyedService<IKafkaRecordSerializer>(key)));
        services.TryAddKeyedSingleton(name, static (provider, key) => new KafkaReader(
            (string)key!, Options(provider, key), provider.GetRequiredService<KafkaMeter>(), provider.GetRequiredService<ILogger<KafkaReader>>()));
        services.TryAddKeyedSingleton<IKafkaStreamPositions>(name, static (provider, key) => new KafkaStreamPositions(
            (string)key!, provider.GetRequiredKeyedService<KafkaTopics>(key), Options(provider, key), provider.GetRequiredService<IGrainFactory>()));
        services.TryAddKeyedSingleton(name, static (provider, key) => new DeadLetters(
            (string)key!,
            Options(provider, key),
            provider.GetRequiredKeyedService<IKafkaProducer>(key),
            provider.GetRequiredService<KafkaMeter>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DeadLetters>>()));
    }

    private static KafkaStreamOptions Options(IServiceProvider provider, object? key) =>
        provider.GetRequiredService<IOptionsMonitor<KafkaStreamOptions>>().Get((string)key!);
}
