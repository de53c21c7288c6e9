using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Recoup.Payments.Bench.Load;

/// <summary>The load generator's client: over TCP, as a merchant's service would call.</summary>
internal sealed class LoadConnection : IAsyncDisposable
{
    private readonly IHost host;

    private LoadConnection(IHost host) => this.host = host;

    public IGrainFactory Grains => host.Services.GetRequiredService<IClusterClient>();

    public static async Task<LoadConnection> OpenAsync(int gatewayPort, CancellationToken cancellationToken)
    {
        var host = new HostBuilder()
            .ConfigureLogging(static logging => logging.ClearProviders())
            .UseOrleansClient(client =>
            {
                client.UseStaticClustering(new IPEndPoint(IPAddress.Loopback, gatewayPort));
                client.Configure<ClusterOptions>(static cluster => (cluster.ClusterId, cluster.ServiceId) = ("recoup", "recoup"));
            })
            .Build();
        await host.StartAsync(cancellationToken);
        return new(host);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
