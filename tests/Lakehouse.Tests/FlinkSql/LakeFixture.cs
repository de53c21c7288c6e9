using DuckDB.NET.Data;
using Recoup.Lakehouse.FlinkSql.Running;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Storage;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>A lake in a temporary folder, with the tables that <c>flink/tables.json</c> names.</summary>
internal sealed class LakeFixture : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("recoup-lake");

    private LakeFixture() => Catalog = new SqliteCatalog(Path.Combine(folder.FullName, "catalog.db"), new LocalStorage(Path.Combine(folder.FullName, "warehouse")), TimeProvider.System);

    public SqliteCatalog Catalog { get; }

    public static async Task<LakeFixture> CreateAsync()
    {
        var lake = new LakeFixture();
        await TableDefinitions.EnsureAsync(lake.Catalog, await File.ReadAllTextAsync(Path.Combine(ScriptRun.Folder, "tables.json")), CancellationToken.None);
        return lake;
    }

    public Task<Table> LoadAsync(string table) => Catalog.LoadTableAsync(new TableIdentifier("bronze", table));

    /// <summary>Partition and offset of every row of a table, in order.</summary>
    public async Task<List<(int Partition, long Offset)>> RecordsAsync(string table)
    {
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        await using var command = connection.CreateCommand();
        command.CommandText = "SET TimeZone = 'UTC'";
        await command.ExecuteNonQueryAsync();
        command.CommandText = $"SELECT kafka_partition, kafka_offset FROM ({await (await LoadAsync(table)).Scan().ToSqlAsync(connection)}) ORDER BY ALL";
        await using var reader = await command.ExecuteReaderAsync();
        var records = new List<(int, long)>();
        while (await reader.ReadAsync())
        {
            records.Add((reader.GetInt32(0), reader.GetInt64(1)));
        }

        return records;
    }

    /// <summary>The same lake as another process sees it, over a storage that may fail.</summary>
    public SqliteCatalog OpenAnother(Func<ITableStorage, ITableStorage> wrap) =>
        new(Path.Combine(folder.FullName, "catalog.db"), wrap(new LocalStorage(Path.Combine(folder.FullName, "warehouse"))), TimeProvider.System);

    public void Dispose()
    {
        Catalog.Dispose();
        folder.Delete(recursive: true);
    }
}
