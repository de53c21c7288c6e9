using DuckDB.NET.Data;
using Recoup.Lakehouse.Dbt.Warehouses.Seeds;

namespace Recoup.Lakehouse.Dbt.Warehouses.DuckDb;

/// <summary>A DuckDB database, with the semantics of dbt-duckdb.</summary>
internal sealed class DuckDbWarehouse : IWarehouse
{
    private readonly DuckDBConnection connection;

    /// <param name="path">The database file, made if it is not there, or <c>:memory:</c>.</param>
    public DuckDbWarehouse(string path)
    {
        connection = new DuckDBConnection($"DataSource={path}");
        connection.Open();
    }

    public string AdapterType => "duckdb";

    public Task BeginRunAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task<IReadOnlyList<ExistingRelation>> ListAsync(string schema, CancellationToken cancellation) => throw NotYet();

    public Task CreateSchemaAsync(string schema, CancellationToken cancellation) => throw NotYet();

    public Task<IReadOnlyList<RelationColumn>> ColumnsAsync(Relation relation, CancellationToken cancellation) => throw NotYet();

    public Task<IReadOnlyList<RelationColumn>> DescribeAsync(string sql, CancellationToken cancellation) => throw NotYet();

    public Task<WarehouseRows> QueryAsync(string sql, CancellationToken cancellation) => throw NotYet();

    public Task<long?> CreateTableAsync(Relation relation, string sql, TableLayout layout, CancellationToken cancellation) => throw NotYet();

    public Task CreateViewAsync(Relation relation, string sql, CancellationToken cancellation) => throw NotYet();

    public Task<long?> IncrementAsync(Relation relation, string sql, IncrementalPlan plan, CancellationToken cancellation) => throw NotYet();

    public Task<long?> LoadSeedAsync(Relation relation, SeedTable seed, SeedOptions options, CancellationToken cancellation) => throw NotYet();

    public Task DropAsync(Relation relation, CancellationToken cancellation) => throw NotYet();

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static WarehouseException NotYet() => new("The DuckDB warehouse is being built.");
}
