using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Recoup.Streaming.Kafka.Tests.Clusters;

/// <summary>Silos in this process with a stream provider named <see cref="Provider"/>.</summary>
internal sealed class SiloFixture : IAsyncDisposable
{
    public const string Provider = "kafka";

    private SiloFixture(InProcessTestCluster cluster) => Cluster = cluster;

    public InProcessTestCluster Cluster { get; }

    public IClusterClient Client => Cluster.Client;

    public static async Task<SiloFixture> StartAsync(Action<ISiloBuilder> configure, short silos = 1, Action<IClientBuilder>? configureClient = null)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) => configure(silo));
        if (configureClient is not null)
        {
            builder.ConfigureClient(configureClient);
        }

        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new SiloFixture(cluster);
    }

    public T Service<T>(int silo = 0)
        where T : notnull => ((InProcessSiloHandle)Cluster.Silos[silo]).ServiceProvider.GetRequiredService<T>();

    /// <summary>Stops the silos as a deployment does; disposing of the cluster alone would kill them.</summary>
    public async ValueTask DisposeAsync()
    {
        await Cluster.StopAllSilosAsync();
        await Cluster.DisposeAsync();
    }
}
