using Recoup.Lakehouse.Dbt.Projects;
using Recoup.Lakehouse.Dbt.Warehouses;
using Recoup.Lakehouse.Dbt.Warehouses.DuckDb;
using Recoup.Lakehouse.Dbt.Warehouses.Lake;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Storage;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Opens the warehouse that a profile's target names.</summary>
/// <param name="catalog">The process's Iceberg catalog, asked for only by targets of type trino.</param>
/// <param name="storage">Where its files are.</param>
internal sealed class WarehouseFactory(string projectFolder, Func<ICatalog?> catalog, Func<ITableStorage?> storage, TimeProvider clock)
{
    public IWarehouse Open(DbtProfile profile) => profile.Type == "duckdb" ? new DuckDbWarehouse(DuckDbPath(profile)) : OpenLake(profile);

    private string DuckDbPath(DbtProfile profile) =>
        profile.Values.GetText("path") is { } path and not ":memory:" ? Path.Combine(projectFolder, path) : ":memory:";

    private LakeWarehouse OpenLake(DbtProfile profile)
    {
        if (catalog() is not { } tables || storage() is not { } files)
        {
            throw DbtProjectException.Runtime(
                $"The target '{profile.TargetName}' of profiles.yml is of type trino, which runs on the process's lake, and there is none here: run dbt itself, Dbt__Runner=Cli.");
        }

        var spill = Path.Combine(Path.GetTempPath(), $"dbt-spill-{Environment.ProcessId}");
        return new LakeWarehouse(tables, files, new LakeWarehouseOptions(profile.Database, spill), clock);
    }
}
