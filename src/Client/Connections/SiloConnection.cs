using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime.Messaging;
using Recoup.Client.CommandLine;

namespace Recoup.Client.Connections;

/// <summary>An Orleans client of a running silo. It reconnects by itself when the silo restarts; calls meanwhile fail and are the caller's to repeat.</summary>
internal sealed class SiloConnection : IAsyncDisposable
{
    /// <summary>A call to a silo that died hangs this long; the caller then repeats it under its idempotency key.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(20);

    private readonly IHost host;

    private SiloConnection(IHost host) => this.host = host;

    public IGrainFactory Grains => host.Services.GetRequiredService<IClusterClient>();

    /// <exception cref="CommandFailedException">No silo answers there.</exception>
    public static async Task<SiloConnection> OpenAsync(HostAndPort gateway, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ConnectPatience);
        try
        {
            var endpoint = await gateway.ResolveAsync(patience.Token);
            await EnsureListensAsync(endpoint, patience.Token);
            var host = Build(endpoint);
            await host.StartAsync(patience.Token);
            return new SiloConnection(host);
        }
        catch (Exception failure) when (failure is ConnectionFailedException or OrleansException or SocketException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Unreachable(gateway, failure);
        }
    }

    /// <summary>The Orleans client goes on trying for minutes where nobody listens; a person wants to know at once.</summary>
    private static async Task EnsureListensAsync(IPEndPoint gateway, CancellationToken cancellationToken)
    {
        using var probe = new Socket(gateway.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await probe.ConnectAsync(gateway, cancellationToken);
    }

    /// <summary>One call whose answer the command is about: a silo that does not answer becomes a sentence.</summary>
    public static async Task<T> AskAsync<T>(HostAndPort gateway, Func<IGrainFactory, Task<T>> ask, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(gateway, cancellationToken);
        try
        {
            return await ask(connection.Grains);
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            throw new CommandFailedException(
                $"The silo at {gateway} did not answer: {failure.Message}", "Try again; its log says what holds it up.", failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private static IHost Build(IPEndPoint gateway) => new HostBuilder()
        .ConfigureLogging(logging => logging.ClearProviders())
        .UseOrleansClient(client =>
        {
            client.UseStaticClustering(gateway);
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("recoup", "recoup"));
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
        })
        .Build();

    private static CommandFailedException Unreachable(HostAndPort gateway, Exception failure) => new(
        $"No silo answers at {gateway}.",
        "Start one with: dotnet run --project src/Silo (or: dotnet run --project src/Client -- demo --serve), or name its gateway with --gateway host:port.",
        failure);
}
