using Recoup.Lakehouse.Dbt.Warehouses;
using Recoup.Lakehouse.Dbt.Warehouses.Lake;
using Recoup.Lakehouse.FlinkSql.Running;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Writes;
using Recoup.Lakehouse.Tests.FlinkSql;
using Recoup.Lakehouse.Tests.Iceberg;

namespace Recoup.Lakehouse.Tests.Dbt.Project;

/// <summary>The project over an Iceberg lake, as the pipeline runs it: in Trino's dialect, whose tables are the catalog's.</summary>
internal sealed class ProjectLake : ProjectHome
{
    private ProjectLake()
        : base("trino")
    {
    }

    public Lake Lake { get; } = new();

    public static async Task<ProjectLake> CreateAsync()
    {
        var home = new ProjectLake();
        await TableDefinitions.EnsureAsync(home.Lake.Catalog, await File.ReadAllTextAsync(Path.Combine(ScriptRun.Folder, "tables.json")), CancellationToken.None);
        return home;
    }

    public override async Task AppendAsync(IEnumerable<BronzeRow> rows)
    {
        foreach (var group in rows.GroupBy(row => row.Table))
        {
            var table = await Lake.LoadAsync(group.Key);
            var transaction = Lake.Begin();
            transaction.For(table).Append(await DataFileWriter.WriteAsync(table, Lake.Connection, BronzeRow.Select(group, table.Schema)));
            await transaction.CommitAsync();
        }
    }

    public override async Task<IReadOnlyDictionary<string, string[]>> TablesAsync()
    {
        var rows = new Dictionary<string, string[]>();
        foreach (var layer in (string[])["silver", "gold"])
        {
            foreach (var identifier in await Lake.Catalog.ListTablesAsync(new TableNamespace(layer)))
            {
                rows[$"{layer}.{identifier.Name}"] = await Lake.ReadAsync(await Lake.Catalog.LoadTableAsync(identifier));
            }
        }

        return rows;
    }

    /// <summary>Asks in Trino's dialect.</summary>
    public async Task<WarehouseRows> AskTrinoAsync(string sql)
    {
        await using var warehouse = Open();
        return await warehouse.QueryAsync(sql, CancellationToken.None);
    }

    protected override IWarehouse Open() =>
        new LakeWarehouse(Lake.Catalog, Lake.Storage, new LakeWarehouseOptions("lake", Path.Combine(Lake.Folder, "spill")) { Threads = 2 }, Lake.Clock);

    protected override void Close() => Lake.Dispose();
}
