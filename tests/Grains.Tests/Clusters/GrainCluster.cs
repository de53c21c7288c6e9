using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Orleans.TestingHost;
using Recoup.Clock;
using Recoup.Events;
using Recoup.Gateways;
using Recoup.Grains.Tests.Gateways.Simulated;
using Recoup.Recovery;
using Recoup.Strategy;

namespace Recoup.Grains.Tests.Clusters;

/// <summary>One silo with the grains of cards and customers; payments are played by <see cref="PaymentCalls"/>.</summary>
internal sealed class GrainCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster cluster;

    private GrainCluster()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddIncomingGrainCallFilter(Payments);
            silo.Services
                .AddKeyedSingleton<IGrainStorage>("recoup", Storage)
                .AddSingleton<IBusinessClock>(Clock)
                .AddSingleton<IEventPublisher>(Log)
                .AddSingleton(DispatchProxy.Create<IPaymentGateway, AbsentService>())
                .AddSingleton(DispatchProxy.Create<ICustomerMessenger, AbsentService>())
                .AddSingleton(DispatchProxy.Create<IRecoveryLauncher, AbsentService>())
                .AddPayments()
                .AddRecoupStrategy()
                .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Critical));
        });
        cluster = builder.Build();
    }

    public GatedStorage Storage { get; } = new();

    public PaymentCalls Payments { get; } = new();

    public RecordedLog Log { get; } = new();

    public ManualBusinessClock Clock { get; } = new() { UtcNow = new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero) };

    public IGrainFactory Grains => cluster.Client;

    public static async Task<GrainCluster> StartAsync()
    {
        var started = new GrainCluster();
        await started.cluster.DeployAsync();
        return started;
    }

    /// <summary>All activations are dropped: what is asked next comes from storage.</summary>
    public Task ForgetAsync() => Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    public ValueTask DisposeAsync() => cluster.DisposeAsync();
}
