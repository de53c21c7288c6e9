using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Maintenance;

namespace Recoup.Silo.Lake;

/// <summary>
/// Keeps the tables fast to read and to plan while they are written every half second, and removes what crashed writers left behind. It works beside
/// running writers; one round that lost against a commit is made up for by the next.
/// </summary>
internal sealed partial class LakeMaintenance(ICatalog catalog, TimeProvider time, ILogger<LakeMaintenance> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan OrphanInterval = TimeSpan.FromHours(1);

    /// <summary>No writer of ours, and hardly one of others, takes so long from its first file to its commit.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromDays(1);

    private readonly TableUpkeep upkeep = new(catalog, time);
    private long orphansRemoved = time.GetTimestamp();

    public override void Dispose()
    {
        upkeep.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await MaintainAllAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops between two tables.
        }
    }

    private async Task MaintainAllAsync(CancellationToken stoppingToken)
    {
        var removesOrphans = time.GetElapsedTime(orphansRemoved) >= OrphanInterval;
        foreach (var space in await catalog.ListNamespacesAsync(cancellation: stoppingToken))
        {
            foreach (var table in await catalog.ListTablesAsync(space, stoppingToken))
            {
                await TryMaintainAsync(table, removesOrphans, stoppingToken);
            }
        }

        orphansRemoved = removesOrphans ? time.GetTimestamp() : orphansRemoved;
    }

    private async Task TryMaintainAsync(TableIdentifier table, bool removesOrphans, CancellationToken stoppingToken)
    {
        try
        {
            var (files, snapshots) = await upkeep.RunAsync(table, stoppingToken);
            var orphans = removesOrphans ? await new OrphanRemoval(catalog, time).RemoveAsync(table, OrphanAge, stoppingToken) : [];
            if (files.ReplacedFiles + snapshots.Snapshots + orphans.Count > 0)
            {
                LogMaintained(table, files.ReplacedFiles, files.NewFiles, snapshots.Snapshots, orphans.Count);
            }
        }
        catch (Exception exception) when (exception is IcebergException or DuckDBException or IOException)
        {
            LogFailed(exception, table);
        }
    }

    [LoggerMessage(EventId = 6301, Level = LogLevel.Debug, Message = "{Table}: {Replaced} files became {New}, {Snapshots} snapshots expired, {Orphans} orphans removed")]
    private partial void LogMaintained(TableIdentifier table, int replaced, int @new, int snapshots, int orphans);

    [LoggerMessage(EventId = 6302, Level = LogLevel.Warning, Message = "{Table} could not be maintained; the next round tries again")]
    private partial void LogFailed(Exception exception, TableIdentifier table);
}
