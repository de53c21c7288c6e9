using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Recoup.Embedded.Kafka.Hosting;

/// <summary>Runs a broker with an application.</summary>
public static class EmbeddedKafkaHosting
{
    /// <summary>Starts a broker before the hosted services that are registered later, and stops it after them.</summary>
    /// <param name="configure">Sets the options when the application starts.</param>
    public static IServiceCollection AddEmbeddedKafka(this IServiceCollection services, Action<IServiceProvider, EmbeddedKafkaOptions> configure) =>
        services.AddHostedService(provider =>
        {
            var options = new EmbeddedKafkaOptions();
            configure(provider, options);
            return new EmbeddedKafkaService(options, provider.GetRequiredService<ILoggerFactory>());
        });

    private sealed class EmbeddedKafkaService(EmbeddedKafkaOptions options, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
    {
        private EmbeddedKafkaServer? server;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            server = EmbeddedKafkaServer.Start(options, loggers);
            return Task.CompletedTask;
        }

        /// <summary>The broker goes with the container, last created first: clients that live there still say goodbye to it.</summary>
        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref server, null) is { } running)
            {
                await running.DisposeAsync();
            }
        }
    }
}
