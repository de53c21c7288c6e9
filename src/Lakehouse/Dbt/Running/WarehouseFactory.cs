using Recoup.Lakehouse.Dbt.Projects;
using Recoup.Lakehouse.Dbt.Warehouses;
using Recoup.Lakehouse.Dbt.Warehouses.DuckDb;
using Recoup.Lakehouse.Iceberg.Catalogs;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Opens the warehouse that a profile's target names.</summary>
internal static class WarehouseFactory
{
    /// <param name="catalog">The process's Iceberg catalog, asked for only by targets of type trino.</param>
    public static IWarehouse Open(DbtProfile profile, string projectFolder, Func<ICatalog?> catalog, TimeProvider clock) => profile.Type switch
    {
        "duckdb" => new DuckDbWarehouse(DuckDbPath(profile, projectFolder)),
        _ => OpenLake(catalog() ?? throw DbtProjectException.Runtime("A target of type trino runs on the process's lake, and there is none here: run dbt itself, Dbt__Runner=Cli."), profile, clock),
    };

    private static string DuckDbPath(DbtProfile profile, string projectFolder) =>
        profile.Values.GetText("path") is { } path and not ":memory:" ? Path.Combine(projectFolder, path) : ":memory:";

    private static IWarehouse OpenLake(ICatalog catalog, DbtProfile profile, TimeProvider clock) =>
        throw DbtProjectException.Unsupported($"A target of type trino ({catalog}, {clock})", "profiles.yml", null, $"Use a target of type duckdb in place of {profile.TargetName}.");
}
