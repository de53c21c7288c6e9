using Recoup.Lakehouse.Dbt.Warehouses.Seeds;

namespace Recoup.Lakehouse.Dbt.Warehouses;

/// <summary>
/// What dbt does to tables. Each call that changes something is atomic: readers see what was there before or what is there after, also when the
/// process is killed between. Failures of statements are <see cref="WarehouseException"/>s.
/// </summary>
internal interface IWarehouse : IAsyncDisposable
{
    /// <summary><c>duckdb</c> or <c>trino</c>: what <c>target.type</c> says, and whose dialect the SQL is in.</summary>
    string AdapterType { get; }

    /// <summary>The catalog that a relation without one is in.</summary>
    string Database { get; }

    /// <summary>
    /// Starts a run: from here on tables are read as they are now, changed only by what this run itself writes, so that all models of a run
    /// see one picture of their sources.
    /// </summary>
    Task BeginRunAsync(CancellationToken cancellation);

    /// <summary>What exists in a schema; nothing when there is no such schema.</summary>
    Task<IReadOnlyList<ExistingRelation>> ListAsync(string schema, CancellationToken cancellation);

    /// <summary>Makes a schema if it is not there.</summary>
    Task CreateSchemaAsync(string schema, CancellationToken cancellation);

    /// <summary>The columns of a table or view, in order; none when it is not there.</summary>
    Task<IReadOnlyList<RelationColumn>> ColumnsAsync(Relation relation, CancellationToken cancellation);

    /// <summary>The columns that a query would return; it is not run.</summary>
    Task<IReadOnlyList<RelationColumn>> DescribeAsync(string sql, CancellationToken cancellation);

    /// <summary>Runs any statement; one that returns no rows gives <see cref="WarehouseRows.Empty"/>.</summary>
    Task<WarehouseRows> QueryAsync(string sql, CancellationToken cancellation);

    /// <summary>Creates a table of a query's rows, in the place of a table or view of that name.</summary>
    /// <returns>Rows written, where known.</returns>
    Task<long?> CreateTableAsync(Relation relation, string sql, TableLayout layout, CancellationToken cancellation);

    /// <summary>Creates a view, in the place of a table or view of that name.</summary>
    Task CreateViewAsync(Relation relation, string sql, CancellationToken cancellation);

    /// <summary>Brings a query's rows into a table that exists. The query may read the table itself.</summary>
    /// <returns>Rows written, where known.</returns>
    Task<long?> IncrementAsync(Relation relation, string sql, IncrementalPlan plan, CancellationToken cancellation);

    /// <summary>Puts a seed's rows in the place of what the table holds.</summary>
    /// <returns>Rows written.</returns>
    Task<long?> LoadSeedAsync(Relation relation, SeedTable seed, SeedOptions options, CancellationToken cancellation);

    /// <summary>Takes away a table or view; nothing happens when there is none.</summary>
    Task DropAsync(Relation relation, CancellationToken cancellation);
}
