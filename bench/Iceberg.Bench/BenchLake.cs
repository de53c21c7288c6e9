using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Storage;

namespace Recoup.Iceberg.Bench;

/// <summary>A lake in a temporary folder with tables of charges, partitioned by day.</summary>
internal sealed class BenchLake : IDisposable
{
    private static readonly Schema Charges = new()
    {
        Fields =
        [
            new NestedField(1, "event_id", PrimitiveType.String), new NestedField(2, "payment_id", PrimitiveType.String), new NestedField(3, "merchant_id", PrimitiveType.String),
            new NestedField(4, "amount_minor", PrimitiveType.Long), new NestedField(5, "currency", PrimitiveType.String), new NestedField(6, "status", PrimitiveType.String),
            new NestedField(7, "attempt", PrimitiveType.Int), new NestedField(8, "created_at", PrimitiveType.Timestamptz),
        ],
    };

    private readonly DirectoryInfo folder;

    public BenchLake(string parent)
    {
        folder = Directory.CreateDirectory(Path.Combine(parent, $"iceberg-bench-{Environment.ProcessId}"));
        Catalog = new SqliteCatalog(Path.Combine(folder.FullName, "catalog.db"), new LocalStorage(Path.Combine(folder.FullName, "warehouse")), TimeProvider.System);
        Connection = new DuckDBConnection("DataSource=:memory:");
        Connection.Open();
        Run("SET TimeZone='UTC'");
    }

    public SqliteCatalog Catalog { get; }

    public DuckDBConnection Connection { get; }

    public string Folder => folder.FullName;

    public async Task<Table> CreateAsync(string name)
    {
        if ((await Catalog.ListNamespacesAsync()).Count is 0)
        {
            await Catalog.CreateNamespaceAsync(new TableNamespace("bench"));
        }

        return await Catalog.CreateTableAsync(new TableIdentifier("bench", name), new TableDefinition(Charges)
        {
            PartitionSpec = PartitionSpec.Of(Charges, ("created_at", Transform.Day)),
            Properties = new Dictionary<string, string> { [TableProperties.DeletePreviousMetadata] = "true", [TableProperties.PreviousMetadataFiles] = "20" },
        });
    }

    /// <summary>Rows of charges over some days, as a SELECT.</summary>
    public static string Rows(long count, int days) => $"""
        SELECT 'evt_' || range AS event_id, 'pay_' || range // 3 AS payment_id, 'mer_' || range % 50 AS merchant_id, range % 100000 AS amount_minor,
            ['USD', 'EUR', 'JPY', 'GBP'][range % 4 + 1] AS currency, ['succeeded', 'failed'][range % 2 + 1] AS status, CAST(range % 5 AS INTEGER) AS attempt,
            TIMESTAMPTZ '2026-11-01 00:00:00+00' + INTERVAL (range % {days}) DAY AS created_at
        FROM range({count})
        """;

    public void Run(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            // The rows are fetched, as a caller would.
        }
    }

    public void Dispose()
    {
        Connection.Dispose();
        Catalog.Dispose();
        folder.Delete(recursive: true);
    }
}
