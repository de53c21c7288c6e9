using Microsoft.Extensions.Options;
using Recoup.Attention;
using Recoup.Silo.Hosting;
using Recoup.Silo.Settings;
using Recoup.Storage.Sqlite;

namespace Recoup.Silo.Attention;

/// <summary>
/// Calls the grains whose stored state says that somebody must look at them: an attempt whose result was lost, an outbox, a renewal. No payment needs a
/// reminder of its own: the time stands in the same row as the state, written by the same commit, and one index finds what is due.
/// </summary>
internal sealed partial class AttentionSweep : BackgroundService
{
    private readonly IDueGrains dueGrains;
    private readonly IGrainFactory grains;
    private readonly IHostApplicationLifetime lifetime;
    private readonly TimeProvider clock;
    private readonly AttentionOptions options;
    private readonly ILogger<AttentionSweep> logger;

    public AttentionSweep(
        [FromKeyedServices(ActorHosting.StorageName)] IDueGrains dueGrains,
        IGrainFactory grains,
        IHostApplicationLifetime lifetime,
        TimeProvider clock,
        IOptions<AttentionOptions> options,
        ILogger<AttentionSweep> logger)
    {
        this.dueGrains = dueGrains;
        this.grains = grains;
        this.lifetime = lifetime;
        this.clock = clock;
        this.options = options.Value;
        this.logger = logger;
    }

    /// <summary>Calls everything that is due until then, each grain once.</summary>
    /// <returns>How many were called, and how many of them failed.</returns>
    public async Task<(int Called, int Failed)> SweepAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (called, failed) = (0, 0);
        DueGrain? last = null;
        while (await dueGrains.FindDueAsync(until, options.PageSize, last, cancellationToken) is { Count: > 0 } page)
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.ConcurrencyMax, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(page, parallel, async (due, _) =>
            {
                Interlocked.Increment(ref called);
                if (!await ResumeAsync(due))
                {
                    Interlocked.Increment(ref failed);
                }
            });
            last = page[^1];
        }

        return (called, failed);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await StartedAsync(stoppingToken);
            // Whatever was in flight when the process ended is nobody's now, so this sweep does not wait for it to become overdue.
            await TrySweepAsync(clock.GetUtcNow() + options.LookAheadAtStart, stoppingToken);
            using var timer = new PeriodicTimer(options.Interval, clock);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TrySweepAsync(clock.GetUtcNow(), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops: what is still due is due after the next start.
        }
    }

    /// <summary>Grains may call anything, so all of the host must be up before the first is woken.</summary>
    private Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(started.SetResult);
        return started.Task.WaitAsync(stoppingToken);
    }

    private async Task TrySweepAsync(DateTimeOffset until, CancellationToken stoppingToken)
    {
        try
        {
            var (called, failed) = await SweepAsync(until, stoppingToken);
            if (called > 0)
            {
                LogSwept(called, failed);
            }
        }
        catch (SqliteStorageException exception)
        {
            LogSweepFailed(exception);
        }
    }

    /// <summary>One grain that fails must not keep the others waiting; it stays due and is called again.</summary>
    private async Task<bool> ResumeAsync(DueGrain due)
    {
        try
        {
            await grains.GetGrain<IAttentive>(due.GrainId).ResumeAsync();
            return true;
        }
        catch (Exception exception)
        {
            LogResumeFailed(due.GrainId, due.AttentionAt, exception);
            return false;
        }
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Debug, Message = "Called {Called} grains that were due, {Failed} of them failed")]
    private partial void LogSwept(int called, int failed);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Error, Message = "The grains that are due could not be read; the next sweep tries again")]
    private partial void LogSweepFailed(Exception exception);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "{GrainId}, due since {AttentionAt}, failed to resume; the next sweep calls it again")]
    private partial void LogResumeFailed(GrainId grainId, DateTimeOffset attentionAt, Exception exception);
}
