using Recoup.Lakehouse.FlinkSql.Running;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Pipeline.Monitors;
using Recoup.Silo.Lake.Quarantine;

namespace Recoup.Silo.Lake;

/// <summary>Makes the tables that are missing before anybody writes them, whichever engine validates: Flink's DDL cannot declare their partitions.</summary>
internal sealed class LakeTables(ICatalog catalog, MonitorTable monitors) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var definitions = await File.ReadAllTextAsync(Path.Combine(LakeHosting.ScriptFolder, "tables.json"), cancellationToken);
        await TableDefinitions.EnsureAsync(catalog, definitions, cancellationToken);
        await ReplayJournal.EnsureAsync(catalog, cancellationToken);
        await monitors.EnsureAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
