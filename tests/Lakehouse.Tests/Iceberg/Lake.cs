using DuckDB.NET.Data;
using Microsoft.Extensions.Time.Testing;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Commits;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Storage;
using Recoup.Lakehouse.Iceberg.Writes;

namespace Recoup.Lakehouse.Tests.Iceberg;

/// <summary>A lake of its own in a temporary folder, with one namespace.</summary>
internal sealed class Lake : IDisposable
{
    public static readonly TableNamespace Space = new("bronze");

    public static readonly Schema Charges = new()
    {
        Fields =
        [
            new NestedField(1, "event_id", PrimitiveType.String, Required: true),
            new NestedField(2, "amount_minor", PrimitiveType.Long),
            new NestedField(3, "created_at", PrimitiveType.Timestamptz),
        ],
    };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lake-");

    public Lake(Func<ITableStorage, string, ITableStorage>? wrap = null)
    {
        ITableStorage storage = new LocalStorage(Path.Combine(folder.FullName, "warehouse"));
        Storage = wrap is null ? storage : wrap(storage, folder.FullName);
        Catalog = new SqliteCatalog(CatalogPath, Storage, Clock);
        Connection = Duck.Open();
        Catalog.CreateNamespaceAsync(Space).GetAwaiter().GetResult();
    }

    public string Folder => folder.FullName;

    public string CatalogPath => Path.Combine(folder.FullName, "catalog.db");

    public ITableStorage Storage { get; }

    public SqliteCatalog Catalog { get; }

    public DuckDBConnection Connection { get; }

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.Parse("2026-11-23T09:00:00Z", System.Globalization.CultureInfo.InvariantCulture));

    public Task<Table> CreateAsync(string name, Schema? schema = null, PartitionSpec? spec = null, params (string Key, string Value)[] properties) =>
        Catalog.CreateTableAsync(new TableIdentifier(Space, name), new TableDefinition(schema ?? Charges)
        {
            PartitionSpec = spec ?? PartitionSpec.Unpartitioned,
            Properties = properties.ToDictionary(pair => pair.Key, pair => pair.Value),
        });

    public Task<Table> CreateByDayAsync(string name) => CreateAsync(name, spec: PartitionSpec.Of(Charges, ("created_at", Transform.Day)));

    public Task<Table> LoadAsync(string name) => Catalog.LoadTableAsync(new TableIdentifier(Space, name));

    public LakeTransaction Begin() => new(Catalog, Clock);

    public async Task<Table> AppendAsync(Table table, string select)
    {
        var transaction = Begin();
        transaction.For(table).Append(await DataFileWriter.WriteAsync(table, Connection, select));
        return (await transaction.CommitAsync())[0];
    }

    public async Task<string[]> ReadAsync(Table table) => Rows.Query(Connection, await table.Scan().ToSqlAsync(Connection), table.Schema);

    public async Task<long> CountAsync(Table table) => Duck.Scalar<long>(Connection, $"SELECT count(*) FROM ({await table.Scan().ToSqlAsync(Connection)})");

    public string[] Query(string select, Schema schema) => Rows.Query(Connection, select, schema);

    public IEnumerable<string> Files() => Directory.EnumerateFiles(Path.Combine(Folder, "warehouse"), "*", SearchOption.AllDirectories);

    public void Dispose()
    {
        Connection.Dispose();
        Catalog.Dispose();
        folder.Delete(recursive: true);
    }
}
