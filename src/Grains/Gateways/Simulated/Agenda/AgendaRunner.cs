using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recoup.Clock;
using Recoup.Gateways.Simulated.Ledger;

namespace Recoup.Gateways.Simulated.Agenda;

/// <summary>
/// Does what is due in the outside world, at least once each: an item leaves the agenda after it was done. What fails is tried again, after a pause that grows;
/// pauses are kept in memory only, so a restart tries everything again at once.
/// </summary>
internal sealed partial class AgendaRunner(
    GatewayLedger ledger,
    IEnumerable<IAgendaHandler> handlers,
    IBusinessClock clock,
    TimeProvider time,
    ILogger<AgendaRunner> logger) : BackgroundService
{
    private const int BatchMax = 256;
    private const int AtOnce = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, IAgendaHandler> handlersByKind = handlers
        .SelectMany(handler => handler.Kinds.Select(kind => (kind, handler)))
        .ToDictionary(pair => pair.kind, pair => pair.handler, StringComparer.Ordinal);

    private readonly Dictionary<long, (int Failures, DateTimeOffset RetryAt)> failed = [];

    /// <summary>Tries what is due now, once each.</summary>
    /// <returns>How many items were tried.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = await ledger.WriteAsync(book => book.Agenda.Due(clock.UtcNow, BatchMax + failed.Count));
        var batch = due.Where(item => !failed.TryGetValue(item.AgendaId, out var failure) || failure.RetryAt <= now).Take(BatchMax).ToList();
        var results = new Exception?[batch.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, batch.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, stopping) => results[i] = await TryAsync(batch[i], stopping));
        for (var i = 0; i < batch.Count; i++)
        {
            Note(batch[i], results[i]);
        }

        return batch.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LogStarted(ledger.Seed, ledger.Path);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await RunDueAsync(stoppingToken) < BatchMax)
            {
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task<Exception?> TryAsync(AgendaItem item, CancellationToken cancellationToken)
    {
        try
        {
            await handlersByKind[item.Kind].DoAsync(item, cancellationToken);
            return await ledger.WriteAsync(book =>
            {
                book.Agenda.Remove(item.AgendaId);
                return (Exception?)null;
            });
        }
#pragma warning disable CA1031 // Whatever went wrong with one item, the others go on, and this one is tried again.
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return failure;
        }
    }

    private void Note(AgendaItem item, Exception? failure)
    {
        if (failure is null)
        {
            failed.Remove(item.AgendaId);
            return;
        }

        var failures = failed.GetValueOrDefault(item.AgendaId).Failures + 1;
        var pause = TimeSpan.FromSeconds(Math.Min(PauseMax.TotalSeconds, 0.1 * Math.Pow(2, Math.Min(failures, 16))));
        failed[item.AgendaId] = (failures, time.GetUtcNow() + pause);
        LogFailed(item.Name, item.Kind, failures, pause, failure);
    }

    [LoggerMessage(6500, LogLevel.Information, "The simulated world has seed {Seed} (Gateway__Seed); its books are in {Path}")]
    private partial void LogStarted(int seed, string path);

    [LoggerMessage(6501, LogLevel.Warning, "The simulated world could not do {Name} ({Kind}), failure {Failures}; it tries again in {Pause}")]
    private partial void LogFailed(string name, string kind, int failures, TimeSpan pause, Exception failure);
}
