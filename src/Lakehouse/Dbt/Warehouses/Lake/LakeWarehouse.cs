using Recoup.Lakehouse.Dbt.Dialect;
using Recoup.Lakehouse.Dbt.Warehouses.DuckDb;
using Recoup.Lakehouse.Dbt.Warehouses.Seeds;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Storage;
using Recoup.Lakehouse.Iceberg.Views;
using Recoup.Lakehouse.Query.DuckDb;

namespace Recoup.Lakehouse.Dbt.Warehouses.Lake;

/// <summary>
/// Iceberg tables and views of a catalog, computed by DuckDB from Trino's SQL: what dbt-trino does to a lake. Every change of a table is one commit. A
/// change of kind, from table to view or back, is two, between which there is neither.
/// </summary>
internal sealed class LakeWarehouse : IWarehouse
{
    private const string Stage = "recoup_stage";
    private const int Attempts = 5;
    private readonly ICatalog catalog;
    private readonly CurrentLake current;
    private readonly LakeWriter writer;
    private readonly LakeSession session;
    private LakePicture? picture;

    /// <param name="catalog">Where the tables are known; it stays open.</param>
    /// <param name="storage">Where their files are.</param>
    /// <param name="options">The catalog's name in SQL, and limits.</param>
    /// <param name="clock">The wall clock, for the times in metadata.</param>
    /// <param name="translate">The dialect; by default Trino's.</param>
    public LakeWarehouse(
        ICatalog catalog, ITableStorage storage, LakeWarehouseOptions options, TimeProvider clock, Func<string, string, TableColumns, TranslatedSql>? translate = null)
    {
        this.catalog = catalog;
        Database = options.Database;
        current = new CurrentLake(catalog);
        writer = new LakeWriter(catalog, storage, clock);
        session = new LakeSession(options, translate ?? ((sql, file, tables) => TrinoDialect.Translate(sql, file, 1, tables)));
    }

    public string AdapterType => "trino";

    public string Database { get; }

    private ILakeContents Lake => picture is null ? current : picture;

    private IViewCatalog Views => catalog as IViewCatalog
        ?? throw new WarehouseException("The catalog keeps no views: set materialized='table' for models that are views.", kind: WarehouseFailure.Compilation);

    public Task BeginRunAsync(CancellationToken cancellation) => LakeFailures.TranslateAsync(async () => picture = await LakePicture.TakeAsync(current, cancellation));

    public Task<IReadOnlyList<ExistingRelation>> ListAsync(string schema, CancellationToken cancellation) =>
        LakeFailures.TranslateAsync<IReadOnlyList<ExistingRelation>>(async () =>
        [
            .. Existing(await Lake.ListTablesAsync(cancellation), schema, RelationKind.Table),
            .. Existing(await Lake.ListViewsAsync(cancellation), schema, RelationKind.View),
        ]);

    public Task CreateSchemaAsync(string schema, CancellationToken cancellation) => LakeFailures.TranslateAsync(async () =>
    {
        try
        {
            await catalog.CreateNamespaceAsync(new TableNamespace(schema.ToLowerInvariant()), null, cancellation);
            return true;
        }
        catch (IcebergException exists) when (exists.Failure is IcebergFailure.AlreadyExists)
        {
            return false;
        }
    });

    public Task<IReadOnlyList<RelationColumn>> ColumnsAsync(Relation relation, CancellationToken cancellation) =>
        LakeFailures.TranslateAsync<IReadOnlyList<RelationColumn>>(async () =>
        {
            var schema = (await Lake.FindTableAsync(Identifier(relation), cancellation))?.Schema ?? (await Lake.FindViewAsync(Identifier(relation), cancellation))?.Schema;
            return [.. (schema?.Fields ?? []).Select(field => new LakeColumn(field.Name, field.Type).ToRelation())];
        });

    public Task<IReadOnlyList<RelationColumn>> DescribeAsync(string sql, CancellationToken cancellation) => session.UseAsync<IReadOnlyList<RelationColumn>>(
        async _ => [.. (await session.PrepareAsync(sql, Lake, cancellation)).Columns.Select(column => column.ToRelation())], cancellation);

    public Task<WarehouseRows> QueryAsync(string sql, CancellationToken cancellation) => session.UseAsync(
        async duck =>
        {
            var statement = await session.PrepareAsync(sql, Lake, cancellation);
            return duck.Query(statement.Sql) with { Columns = [.. statement.Columns.Select(column => column.ToRelation())] };
        },
        cancellation);

    public Task<long?> CreateTableAsync(Relation relation, string sql, TableLayout layout, CancellationToken cancellation) => session.UseAsync(
        async duck =>
        {
            var statement = await session.PrepareAsync(sql, Lake, cancellation);
            return await ReplaceAsync(duck, Identifier(relation), statement.Columns, LayoutProperties.Of(layout), statement.Typed, cancellation);
        },
        cancellation);

    public Task CreateViewAsync(Relation relation, string sql, CancellationToken cancellation) => session.UseAsync(
        async duck =>
        {
            var identifier = Identifier(relation);
            var statement = await session.PrepareAsync(sql, Lake, cancellation);
            _ = duck.Describe(statement.Sql); // A view is not run when it is made, so what DuckDB refuses must be found here.
            var schema = new Schema { Fields = [.. statement.Columns.Select((column, index) => new NestedField(index + 1, column.Name, column.Type))] };
            if (await current.FindTableAsync(identifier, cancellation) is not null)
            {
                await catalog.DropTableAsync(identifier, purge: true, cancellation);
            }

            var view = await Views.ReplaceViewAsync(identifier, new ViewDefinition(schema, statement.TrinoSql), cancellation);
            picture?.Set(view);
            return view;
        },
        cancellation);

    public Task<long?> IncrementAsync(Relation relation, string sql, IncrementalPlan plan, CancellationToken cancellation) => session.UseAsync(
        async duck =>
        {
            var statement = await session.PrepareAsync(sql, Lake, cancellation);
            var from = RewriteSql.From(plan.Strategy, Identifier(relation), Stage);
            var conditions = await Task.WhenAll(plan.Predicates.Select(predicate => session.ConditionAsync(predicate, from, Stage, statement.Columns, Lake, cancellation)));
            var rows = Staged(duck, statement.Typed);
            var increment = new LakeIncrement(writer, duck, Stage, statement.Columns, plan with { Predicates = conditions });
            var table = await RetryAsync(increment, Identifier(relation), cancellation);
            picture?.Set(table);
            return rows;
        },
        cancellation);

    /// <summary>As dbt-trino does, a seed is always made anew.</summary>
    public Task<long?> LoadSeedAsync(Relation relation, SeedTable seed, SeedOptions options, CancellationToken cancellation) => session.UseAsync(
        async duck =>
        {
            var rows = LakeSeed.Of(seed, options);
            rows.Stage(duck, Stage);
            return await ReplaceAsync(duck, Identifier(relation), rows.Columns, LayoutProperties.Of(TableLayout.Default), rows.Select(Stage), cancellation);
        },
        cancellation);

    public Task DropAsync(Relation relation, CancellationToken cancellation) => LakeFailures.TranslateAsync(async () =>
    {
        var identifier = Identifier(relation);
        if (await current.FindTableAsync(identifier, cancellation) is not null)
        {
            await catalog.DropTableAsync(identifier, purge: true, cancellation);
        }

        await DropViewAsync(identifier, cancellation);
        picture?.Remove(identifier);
        return true;
    });

    public ValueTask DisposeAsync() => session.DisposeAsync();

    /// <summary>Trino knows names in lower case only.</summary>
    private static TableIdentifier Identifier(Relation relation) => new(relation.Schema.ToLowerInvariant(), relation.Name.ToLowerInvariant());

    private IEnumerable<ExistingRelation> Existing(IEnumerable<TableIdentifier> identifiers, string schema, RelationKind kind) => identifiers
        .Where(identifier => identifier.Namespace.ToString().Equals(schema, StringComparison.OrdinalIgnoreCase))
        .Select(identifier => new ExistingRelation(new Relation(Database, identifier.Namespace.ToString(), identifier.Name), kind));

    private async Task<long?> ReplaceAsync(
        DuckDbSession duck, TableIdentifier identifier, IReadOnlyList<LakeColumn> columns, LayoutProperties layout, string source, CancellationToken cancellation)
    {
        var existing = await current.FindTableAsync(identifier, cancellation);
        var table = existing is not null && KeepsPartitionColumns(existing, columns)
            ? await writer.OverwriteAsync(existing, columns, layout, duck.Connection, source, cancellation)
            : await writer.CreateAsync(identifier, columns, layout, duck.Connection, source, () => MakeRoomAsync(existing, identifier, cancellation), cancellation);
        picture?.Set(table);
        return table.CurrentSnapshot is { } snapshot && long.TryParse(snapshot.Summary.GetValueOrDefault("added-records", "0"), out var rows) ? rows : null;
    }

    /// <summary>Every spec that a table ever had must find its columns, or Trino could not open it. A table that would lose one is made anew.</summary>
    private static bool KeepsPartitionColumns(Table table, IReadOnlyList<LakeColumn> columns)
    {
        var shape = new SchemaEvolution(table.Schema, table.Metadata.LastColumnId).Become(columns.Select(column => (column.Name, column.Type)));
        return table.Metadata.PartitionSpecs.SelectMany(spec => spec.Fields).All(field => shape.Schema.Find(field.SourceId) is not null);
    }

    private async Task MakeRoomAsync(Table? existing, TableIdentifier identifier, CancellationToken cancellation)
    {
        if (existing is not null)
        {
            await catalog.DropTableAsync(identifier, purge: true, cancellation);
        }

        await DropViewAsync(identifier, cancellation);
    }

    private async Task DropViewAsync(TableIdentifier identifier, CancellationToken cancellation)
    {
        if (await current.FindViewAsync(identifier, cancellation) is not null)
        {
            await Views.DropViewAsync(identifier, cancellation);
        }
    }

    /// <summary>When compaction takes away a file that is to be written again, the increment is made anew on what it left.</summary>
    private async Task<Table> RetryAsync(LakeIncrement increment, TableIdentifier identifier, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var table = await catalog.LoadTableAsync(identifier, cancellation);
            try
            {
                return await increment.ApplyAsync(table, cancellation);
            }
            catch (IcebergException conflict) when (conflict.Failure is IcebergFailure.CommitConflict && attempt < Attempts)
            {
                // The next attempt starts from what the rival left.
            }
        }
    }

    private static long? Staged(DuckDbSession duck, string source)
    {
        duck.Run($"CREATE OR REPLACE TEMP TABLE {Stage} AS {source}");
        return (long)duck.Query($"SELECT count(*) FROM {Stage}").Rows[0][0]!;
    }
}
