using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg.Catalogs;

namespace Recoup.Lakehouse.Iceberg.Maintenance;

/// <summary>
/// Keeps tables fast to read and to plan that are written several times a second: in each round small files become larger ones and old snapshots go.
/// Call it about every ten seconds. Not safe for use by several threads.
/// </summary>
public sealed class TableUpkeep : IDisposable
{
    /// <summary>
    /// Who reads an older snapshot for longer than this loses it, and time travel goes back so far; a branch may say an age of its own. Each commit
    /// writes all snapshots that are kept, so that an hour of them would cost more than the rows.
    /// </summary>
    public static readonly SnapshotRetention Retention = new(MaxAge: TimeSpan.FromMinutes(2), MinToKeep: 10);

    /// <summary>Few enough files that the rounds keep them below a hundred, and enough that a row is not written again in each.</summary>
    public static readonly CompactionOptions Compacting = new() { MinInputFiles = 8 };

    private readonly ICatalog catalog;
    private readonly TimeProvider clock;
    private readonly DuckDBConnection connection = new("DataSource=:memory:");

    public TableUpkeep(ICatalog catalog, TimeProvider clock)
    {
        (this.catalog, this.clock) = (catalog, clock);
        connection.Open();
        using var settings = connection.CreateCommand();
        settings.CommandText = "SET TimeZone = 'UTC'; SET threads = 1";
        settings.ExecuteNonQuery();
    }

    /// <exception cref="IcebergException">A writer was faster each time, or the table is not one that is written here; the next round tries again.</exception>
    public async Task<(CompactedFiles Files, ExpiredSnapshots Snapshots)> RunAsync(TableIdentifier table, CancellationToken cancellation = default)
    {
        var files = await new Compaction(catalog, clock).CompactAsync(table, connection, Compacting, cancellation);
        return (files, await new SnapshotExpiry(catalog, clock).ExpireAsync(table, Retention, cancellation));
    }

    public void Dispose() => connection.Dispose();
}
