using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Maintenance;

namespace Recoup.Silo.Lake;

/// <summary>
/// Keeps the tables fast to read and to plan while they are written every half second: small files become larger ones, old snapshots go. It works beside
/// running writers; one that lost against a commit tries again in the next round.
/// </summary>
internal sealed partial class LakeMaintenance(ICatalog catalog, TimeProvider time, ILogger<LakeMaintenance> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Who reads an older snapshot for longer than this loses it; time travel goes back so far.</summary>
    private static readonly SnapshotRetention Retention = new(MaxAge: TimeSpan.FromHours(1), MinToKeep: 10);

    private static readonly CompactionOptions Compacting = new() { MinInputFiles = 20 };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var space in await catalog.ListNamespacesAsync(cancellation: stoppingToken))
                {
                    foreach (var table in await catalog.ListTablesAsync(space, stoppingToken))
                    {
                        await TryMaintainAsync(table, stoppingToken);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops between two tables.
        }
    }

    private async Task TryMaintainAsync(TableIdentifier table, CancellationToken stoppingToken)
    {
        try
        {
            await using var connection = new DuckDBConnection("DataSource=:memory:");
            await connection.OpenAsync(stoppingToken);
            await using var zone = connection.CreateCommand();
            zone.CommandText = "SET TimeZone = 'UTC'; SET threads = 1";
            await zone.ExecuteNonQueryAsync(stoppingToken);
            var compacted = await new Compaction(catalog, time).CompactAsync(table, connection, Compacting, stoppingToken);
            var expired = await new SnapshotExpiry(catalog, time).ExpireAsync(table, Retention, stoppingToken);
            if (compacted.ReplacedFiles + expired.Snapshots > 0)
            {
                LogMaintained(table, compacted.ReplacedFiles, compacted.NewFiles, expired.Snapshots);
            }
        }
        catch (Exception exception) when (exception is IcebergException or DuckDBException or IOException)
        {
            LogFailed(exception, table);
        }
    }

    [LoggerMessage(EventId = 6301, Level = LogLevel.Debug, Message = "{Table}: {Replaced} files became {New}, {Snapshots} snapshots expired")]
    private partial void LogMaintained(TableIdentifier table, int replaced, int @new, int snapshots);

    [LoggerMessage(EventId = 6302, Level = LogLevel.Warning, Message = "{Table} could not be maintained; the next round tries again")]
    private partial void LogFailed(Exception exception, TableIdentifier table);
}
