using System.Globalization;
using DuckDB.NET.Data;
using Recoup.Lakehouse.FlinkSql.Running;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Storage;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>A lake in a temporary folder, with the tables that <c>flink/tables.json</c> names.</summary>
internal sealed class LakeFixture : IDisposable
{
    private LakeFixture(string folder)
    {
        Folder = folder;
        Catalog = new SqliteCatalog(Path.Combine(folder, "catalog.db"), new LocalStorage(Path.Combine(folder, "warehouse")), TimeProvider.System);
    }

    public string Folder { get; }

    public SqliteCatalog Catalog { get; }

    public static Task<LakeFixture> CreateAsync() => OpenAsync(Directory.CreateTempSubdirectory("recoup-lake").FullName);

    /// <summary>The lake of a folder, which another process may have open as well.</summary>
    public static async Task<LakeFixture> OpenAsync(string folder)
    {
        var lake = new LakeFixture(folder);
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

    /// <summary>For each commit to a table how many days its files fall on.</summary>
    public async Task<List<int>> DaysOfCommitsAsync(string table) => [.. (await LoadAsync(table)).Metadata.Snapshots
        .Select(snapshot => int.Parse(snapshot.Summary.GetValueOrDefault("changed-partition-count") ?? "0", CultureInfo.InvariantCulture))];

    public void Dispose()
    {
        Catalog.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
