using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Recoup.Lakehouse.Dbt;
using Recoup.Lakehouse.FlinkSql.Running;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Commits;
using Recoup.Lakehouse.Iceberg.Storage;
using Recoup.Lakehouse.Iceberg.Writes;

namespace Recoup.Lakehouse.Bench.Transformations;

/// <summary>A lake in a temporary folder with a copy of a dbt project beside it, which runs as a host would run it.</summary>
internal sealed class TransformationRoom : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly LocalStorage storage;
    private readonly ServiceProvider services;

    public TransformationRoom(string parent, string project)
    {
        folder = Directory.CreateDirectory(Path.Combine(parent, $"lakehouse-bench-{Environment.ProcessId}"));
        storage = new LocalStorage(Path.Combine(folder.FullName, "warehouse"));
        Catalog = new SqliteCatalog(Path.Combine(folder.FullName, "catalog.db"), storage, TimeProvider.System);
        var copy = Path.Combine(folder.FullName, "dbt");
        CopyFolder(project, copy);
        services = Services(copy);
    }

    public SqliteCatalog Catalog { get; }

    public IDbtRunner Dbt => services.GetRequiredService<IDbtRunner>();

    /// <summary>A file for somebody else to write.</summary>
    public string NewFile() => Path.Combine(folder.FullName, Path.GetRandomFileName());

    public async Task CreateTablesAsync(string scripts, CancellationToken cancellation) =>
        await TableDefinitions.EnsureAsync(Catalog, await File.ReadAllTextAsync(Path.Combine(scripts, "tables.json"), cancellation), cancellation);

    /// <summary>Appends rows to bronze as validation does, in one commit a table.</summary>
    public async Task AppendAsync(BronzeSql rows, CancellationToken cancellation)
    {
        using var connection = Duck.Open();
        foreach (var (name, select) in rows.Tables())
        {
            Duck.Run(connection, $"CREATE OR REPLACE TEMP TABLE rows_of_bronze AS {select}");
            var table = await Catalog.LoadTableAsync(new TableIdentifier(new TableNamespace("bronze"), name), cancellation);
            var transaction = new LakeTransaction(Catalog, TimeProvider.System);
            transaction.For(table).Append(await DataFileWriter.WriteAsync(table, connection, "rows_of_bronze", cancellation));
            await transaction.CommitAsync(cancellation);
        }
    }

    /// <summary>The Parquet files of a table of bronze.</summary>
    public string[] FilesOf(string table) => Directory.GetFiles(Path.Combine(folder.FullName, "warehouse"), "*.parquet", SearchOption.AllDirectories)
        .Where(file => file.Contains($"/{table}", StringComparison.Ordinal)).ToArray();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Catalog.Dispose();
        folder.Delete(recursive: true);
    }

    private ServiceProvider Services(string project)
    {
        var settings = new Dictionary<string, string?> { ["Dbt:ProjectFolder"] = project };
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<ICatalog>(Catalog)
            .AddSingleton<ITableStorage>(storage)
            .AddDbt()
            .BuildServiceProvider();
    }

    private static void CopyFolder(string source, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
