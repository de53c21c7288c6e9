using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Maintenance;

namespace Recoup.Pipeline.Steps;

/// <summary>
/// Deletes files that no table names: what crashed commits left behind. Small files and old snapshots are merged and dropped every half minute beside
/// it, because a table that is written every half second cannot wait for a calendar.
/// </summary>
internal sealed class MaintenanceStep(ICatalog catalog, TimeProvider time) : IPipelineStep
{
    private static readonly TimeSpan OrphanAge = TimeSpan.FromDays(1);

    public string Name => "maintenance";

    public async Task<StepReport> RunAsync(PipelineRun run, CancellationToken cancellation)
    {
        var (tables, orphans) = (0, 0);
        List<string> failures = [];
        foreach (var space in await catalog.ListNamespacesAsync(cancellation: cancellation))
        {
            foreach (var table in await catalog.ListTablesAsync(space, cancellation))
            {
                try
                {
                    orphans += (await new OrphanRemoval(catalog, time).RemoveAsync(table, OrphanAge, cancellation)).Count;
                    tables++;
                }
                catch (Exception exception) when (exception is IcebergException or IOException)
                {
                    failures.Add($"{table}: {exception.Message}");
                }
            }
        }

        return failures.Count == 0
            ? new StepReport(true, $"{tables} tables, {orphans} orphaned files deleted")
            : new StepReport(false, string.Join("; ", failures));
    }
}
