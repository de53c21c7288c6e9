using Recoup.Lakehouse.Dbt.Dialect;
using Recoup.Lakehouse.Dbt.Warehouses;
using Recoup.Lakehouse.Dbt.Warehouses.Lake;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Storage;
using Recoup.Lakehouse.Tests.Iceberg;

namespace Recoup.Lakehouse.Tests.Dbt.Warehouses;

/// <summary>A lake of its own with a warehouse over it, which reads Trino's SQL or, for tests of what is not about it, DuckDB's as written.</summary>
internal sealed class LakeRoom : IAsyncDisposable
{
    private readonly bool isTrino;

    public LakeRoom(Func<ITableStorage, string, ITableStorage>? wrap = null, bool isTrino = false)
    {
        this.isTrino = isTrino;
        Lake = new Lake(wrap);
        Warehouse = Open(Lake.Catalog, Lake.Storage);
    }

    public Lake Lake { get; }

    public LakeWarehouse Warehouse { get; }

    public static TranslatedSql AsWritten(string sql, string file, TableColumns tables) => new(sql, []);

    /// <summary>Another warehouse over the same lake, as another process has it.</summary>
    public LakeWarehouse Open(ICatalog catalog, ITableStorage storage, LakeWarehouseOptions? options = null) =>
        new(catalog, storage, options ?? new LakeWarehouseOptions("lake", Path.Combine(Lake.Folder, "spill")), Lake.Clock, isTrino ? null : AsWritten);

    public async Task<Table> TableAsync(string name, string space = "silver") => await Lake.Catalog.LoadTableAsync(new TableIdentifier(space, name));

    public async Task<string[]> RowsAsync(string sql) => [.. (await Warehouse.QueryAsync(sql, default)).Rows.Select(row => string.Join('|', row))];

    public async ValueTask DisposeAsync()
    {
        await Warehouse.DisposeAsync();
        Lake.Dispose();
    }
}

/// <summary>Owns a lake for as long as its warehouse is open.</summary>
internal sealed class OwnedLakeWarehouse(LakeRoom room) : IWarehouse
{
    public string AdapterType => room.Warehouse.AdapterType;

    public string Database => room.Warehouse.Database;

    public Task BeginRunAsync(CancellationToken cancellation) => room.Warehouse.BeginRunAsync(cancellation);

    public Task<IReadOnlyList<ExistingRelation>> ListAsync(string schema, CancellationToken cancellation) => room.Warehouse.ListAsync(schema, cancellation);

    public Task CreateSchemaAsync(string schema, CancellationToken cancellation) => room.Warehouse.CreateSchemaAsync(schema, cancellation);

    public Task<IReadOnlyList<RelationColumn>> ColumnsAsync(Relation relation, CancellationToken cancellation) => room.Warehouse.ColumnsAsync(relation, cancellation);

    public Task<IReadOnlyList<RelationColumn>> DescribeAsync(string sql, CancellationToken cancellation) => room.Warehouse.DescribeAsync(sql, cancellation);

    public Task<WarehouseRows> QueryAsync(string sql, CancellationToken cancellation) => room.Warehouse.QueryAsync(sql, cancellation);

    public Task<long?> CreateTableAsync(Relation relation, string sql, TableLayout layout, CancellationToken cancellation) =>
        room.Warehouse.CreateTableAsync(relation, sql, layout, cancellation);

    public Task CreateViewAsync(Relation relation, string sql, CancellationToken cancellation) => room.Warehouse.CreateViewAsync(relation, sql, cancellation);

    public Task<long?> IncrementAsync(Relation relation, string sql, IncrementalPlan plan, CancellationToken cancellation) =>
        room.Warehouse.IncrementAsync(relation, sql, plan, cancellation);

    public Task<long?> LoadSeedAsync(Relation relation, Lakehouse.Dbt.Warehouses.Seeds.SeedTable seed, Lakehouse.Dbt.Warehouses.Seeds.SeedOptions options, CancellationToken cancellation) =>
        room.Warehouse.LoadSeedAsync(relation, seed, options, cancellation);

    public Task DropAsync(Relation relation, CancellationToken cancellation) => room.Warehouse.DropAsync(relation, cancellation);

    public ValueTask DisposeAsync() => room.DisposeAsync();
}
