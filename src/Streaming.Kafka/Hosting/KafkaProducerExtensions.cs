using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recoup.Streaming.Kafka.Producing;
using Recoup.Streaming.Kafka.Telemetry;

namespace Recoup.Streaming.Kafka.Hosting;

public static class KafkaProducerExtensions
{
    /// <summary>Registers a producer on its own, without streams: <see cref="IKafkaProducer"/> as a keyed singleton of this name.</summary>
    public static IServiceCollection AddKafkaProducer(this IServiceCollection services, string name, Action<KafkaProducerOptions> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddProducer(name).ValidateOnStart().Configure(configure);
        return services;
    }

    internal static OptionsBuilder<KafkaProducerOptions> AddProducer(this IServiceCollection services, string name)
    {
        services.TryAddSingleton<KafkaMeter>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KafkaProducerOptions>, KafkaProducerOptionsValidator>());
        services.TryAddKeyedSingleton<IKafkaProducer>(name, static (provider, key) => Create(provider, (string)key!));
        return services.AddOptions<KafkaProducerOptions>(name);
    }

    private static KafkaProducer Create(IServiceProvider services, string name) => new(
        name,
        services.GetRequiredService<IOptionsMonitor<KafkaProducerOptions>>().Get(name),
        services.GetRequiredService<KafkaMeter>(),
        services.GetRequiredService<ILogger<KafkaProducer>>());
}
