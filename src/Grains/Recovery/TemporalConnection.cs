using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Temporalio.Client;

namespace Recoup.Recovery;

/// <summary>Waits at start until the Temporal frontend answers, so that the worker behind it does not start without one.</summary>
internal sealed partial class TemporalConnection(
    ITemporalClient client, IOptions<RecoveryOptions> options, TimeProvider time, ILogger<TemporalConnection> logger) : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                await client.Connection.ConnectAsync();
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException && time.GetElapsedTime(start) < options.Value.ConnectTimeout)
            {
                LogWaiting(options.Value.Address, exception.Message);
                await Task.Delay(Pause, time, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw new InvalidOperationException(
                    $"No Temporal frontend answers at {options.Value.Address}: set Temporal__Address to one that runs, or leave it empty for the embedded server.", exception);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1101, LogLevel.Warning, "Waiting for the Temporal frontend at {Address}: {Reason}")]
    private partial void LogWaiting(string address, string reason);
}
