using Microsoft.Extensions.Options;
using Recoup.Embedded.Temporal.Hosting;
using Recoup.Silo.Settings;

namespace Recoup.Silo.Workflows;

/// <summary>Runs the embedded workflow server beside the silo while <c>Temporal__Address</c> is empty.</summary>
internal sealed class EmbeddedTemporalService(
    IOptions<TemporalOptions> options, IOptions<RecoupOptions> folder, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private EmbeddedTemporalServer? server;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var settings = new EmbeddedTemporalOptions
        {
            Port = options.Value.Port,
            DatabaseFile = Path.Combine(Path.GetFullPath(folder.Value.DataDirectory), "temporal.db"),
            Namespaces = { options.Value.Namespace },
        };
        foreach (var attribute in RecoverySearchAttributes)
        {
            settings.SearchAttributes[attribute] = "Keyword";
        }

        server = await EmbeddedTemporalServer.StartAsync(settings, loggers, cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref server, null) is { } running)
        {
            await running.DisposeAsync();
        }
    }

    /// <summary>What a recovery can be searched by in the Temporal UI.</summary>
    private static readonly string[] RecoverySearchAttributes = ["PaymentId", "CustomerId", "FailureCode", "RecoveryStatus"];
}
