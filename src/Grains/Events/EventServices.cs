using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Streams;

namespace Recoup.Events;

public static class EventServices
{
    /// <summary>Grains publish through the stream provider <see cref="EventStreams.ProviderName"/> unless another publisher is registered.</summary>
    public static IServiceCollection AddEventPublishing(this IServiceCollection services)
    {
        services.TryAddSingleton<IEventPublisher>(static provider =>
            new StreamEventPublisher(provider.GetRequiredKeyedService<IStreamProvider>(EventStreams.ProviderName)));
        return services;
    }
}
