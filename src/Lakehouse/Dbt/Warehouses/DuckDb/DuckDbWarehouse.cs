using Recoup.Lakehouse.Dbt.Warehouses.Seeds;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Dbt.Warehouses.DuckDb;

/// <summary>A DuckDB database, with the semantics of dbt-duckdb. What it does to a table, it does in one transaction.</summary>
/// <param name="path">The database file, made if it is not there, or <c>:memory:</c>.</param>
internal sealed class DuckDbWarehouse(string path) : IWarehouse
{
    private readonly DuckDbSession session = new(path);

    public string AdapterType => "duckdb";

    /// <summary>The file's name without its ending, as DuckDB has it.</summary>
    public string Database { get; } = path is ":memory:" ? "memory" : Path.GetFileNameWithoutExtension(path);

    /// <summary>Nobody else writes to the file while it is open here.</summary>
    public Task BeginRunAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task<IReadOnlyList<ExistingRelation>> ListAsync(string schema, CancellationToken cancellation) => session.UseAsync(
        duck => Task.FromResult<IReadOnlyList<ExistingRelation>>(
            [.. duck.Query(DuckDbCatalog.Relations(Database, schema)).Rows.Select(row =>
                new ExistingRelation(new Relation(Database, schema, (string)row[0]!), row[1] is "VIEW" ? RelationKind.View : RelationKind.Table))]),
        cancellation);

    public Task CreateSchemaAsync(string schema, CancellationToken cancellation) =>
        session.ChangeAsync(duck => duck.Run($"CREATE SCHEMA IF NOT EXISTS {SqlText.Name(Database)}.{SqlText.Name(schema)}"), cancellation);

    public Task<IReadOnlyList<RelationColumn>> ColumnsAsync(Relation relation, CancellationToken cancellation) =>
        session.UseAsync(duck => Task.FromResult(Columns(duck, relation)), cancellation);

    public Task<IReadOnlyList<RelationColumn>> DescribeAsync(string sql, CancellationToken cancellation) =>
        session.UseAsync(duck => Task.FromResult(duck.Describe(sql)), cancellation);

    public Task<WarehouseRows> QueryAsync(string sql, CancellationToken cancellation) =>
        session.UseAsync(duck => Task.FromResult(duck.Query(sql)), cancellation);

    /// <summary>The new table is made beside the old one, which its query may read, and takes its name.</summary>
    public Task<long?> CreateTableAsync(Relation relation, string sql, TableLayout layout, CancellationToken cancellation) => session.ChangeAsync<long?>(
        duck =>
        {
            layout.RequireNone(AdapterType);
            var next = relation with { Name = relation.Name + "__dbt_tmp" };
            duck.Run($"CREATE OR REPLACE TABLE {Name(next)} AS ({sql}\n)");
            Drop(duck, relation);
            duck.Run($"ALTER TABLE {Name(next)} RENAME TO {SqlText.Name(relation.Name)}");
            return null;
        },
        cancellation);

    public Task CreateViewAsync(Relation relation, string sql, CancellationToken cancellation) => session.ChangeAsync(
        duck =>
        {
            var next = relation with { Name = relation.Name + "__dbt_tmp" };
            duck.Run($"CREATE OR REPLACE VIEW {Name(next)} AS ({sql}\n)");
            Drop(duck, relation);
            return duck.Run($"ALTER VIEW {Name(next)} RENAME TO {SqlText.Name(relation.Name)}");
        },
        cancellation);

    public Task<long?> IncrementAsync(Relation relation, string sql, IncrementalPlan plan, CancellationToken cancellation) => session.ChangeAsync<long?>(
        duck =>
        {
            var stage = SqlText.Name(relation.Name + "__dbt_tmp");
            duck.Run($"CREATE OR REPLACE TEMP TABLE {stage} AS ({sql}\n)");
            var (source, target) = (duck.Describe($"SELECT * FROM {stage}"), Columns(duck, relation));
            Run(duck, DuckDbCatalog.Alter(Name(relation), SchemaChanges.Find(source, target, plan.OnSchemaChange, DuckDbCatalog.ColumnText)));
            Run(duck, new IncrementalSql(Name(relation), stage, SchemaChanges.Written(source, target, plan.OnSchemaChange), plan).Statements());
            duck.Run($"DROP TABLE {stage}");
            return null;
        },
        cancellation);

    public Task<long?> LoadSeedAsync(Relation relation, SeedTable seed, SeedOptions options, CancellationToken cancellation) => session.ChangeAsync<long?>(
        duck =>
        {
            Run(duck, options.FullRefresh || Columns(duck, relation).Count is 0
                ? [.. Drops(duck, relation), DuckDbCatalog.CreateSeed(Name(relation), seed, options)]
                : [$"TRUNCATE TABLE {Name(relation)}"]);
            if (seed.Rows.Count > 0)
            {
                duck.Run($"COPY {Name(relation)} FROM {SqlText.Quote(seed.Path)} (FORMAT CSV, HEADER TRUE, DELIMITER {SqlText.Quote(seed.Delimiter.ToString())})");
            }

            return seed.Rows.Count;
        },
        cancellation);

    public Task DropAsync(Relation relation, CancellationToken cancellation) => session.ChangeAsync(
        duck =>
        {
            Drop(duck, relation);
            return true;
        },
        cancellation);

    public ValueTask DisposeAsync() => session.DisposeAsync();

    private string Name(Relation relation) => (relation with { Database = relation.Database ?? Database }).ToString();

    private IReadOnlyList<RelationColumn> Columns(DuckDbSession duck, Relation relation) =>
        [.. duck.Query(DuckDbCatalog.Columns(relation with { Database = relation.Database ?? Database })).Rows.Select(row => new RelationColumn((string)row[0]!, (string)row[1]!))];

    private void Drop(DuckDbSession duck, Relation relation) => Run(duck, Drops(duck, relation));

    private IEnumerable<string> Drops(DuckDbSession duck, Relation relation) => duck.Query(DuckDbCatalog.Relations(relation.Database ?? Database, relation.Schema)).Rows
        .Where(row => ((string)row[0]!).Equals(relation.Name, StringComparison.OrdinalIgnoreCase))
        .Select(row => $"DROP {(row[1] is "VIEW" ? "VIEW" : "TABLE")} {Name(relation)} CASCADE");

    private static void Run(DuckDbSession duck, IEnumerable<string> statements)
    {
        foreach (var statement in statements)
        {
            duck.Run(statement);
        }
    }
}
