using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Orleans.TestingHost;
using Recoup.Clock;
using Recoup.Grains.Tests.Clusters;
using Recoup.Grains.Tests.Gateways.Simulated;
using Recoup.Pipeline;
using Recoup.Pipeline.Alerts;
using Recoup.Pipeline.Steps;

namespace Recoup.Grains.Tests.Pipeline;

/// <summary>One silo with the pipeline's grains, and steps and channels that the test plays. Its storage may outlive it, as a disk does.</summary>
internal sealed class PipelineCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster cluster;

    private PipelineCluster(GatedStorage storage, IReadOnlyList<IPipelineStep> steps, IReadOnlyList<IAlertChannel> channels)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services
                .AddKeyedSingleton<IGrainStorage>("recoup", storage)
                .AddSingleton<IBusinessClock>(new ManualBusinessClock { UtcNow = new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero) })
                .AddSingleton(TimeProvider.System)
                .AddOptions<PipelineOptions>();
            foreach (var step in steps)
            {
                silo.Services.AddSingleton(step);
            }

            foreach (var channel in channels)
            {
                silo.Services.AddSingleton(channel);
            }

            silo.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Critical));
        });
        cluster = builder.Build();
    }

    public IPipelineGrain Pipeline => cluster.Client.GetGrain<IPipelineGrain>(IPipelineGrain.Key);

    public IAlertGrain Alerts => cluster.Client.GetGrain<IAlertGrain>(IAlertGrain.Key);

    public static async Task<PipelineCluster> StartAsync(GatedStorage storage, IReadOnlyList<IPipelineStep> steps, IReadOnlyList<IAlertChannel>? channels = null)
    {
        var started = new PipelineCluster(storage, steps, channels ?? []);
        await started.cluster.DeployAsync();
        return started;
    }

    public async Task<PipelineStatus> EndedAsync(long number)
    {
        await Eventually.HoldsAsync(async () => (await Pipeline.GetStatusAsync()).Find(number) is { EndedAt: not null }, $"run {number} ends");
        return await Pipeline.GetStatusAsync();
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();
}
