using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Commits;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Storage;
using Recoup.Lakehouse.Iceberg.Writes;

namespace Recoup.Lakehouse.Dbt.Warehouses.Lake;

/// <summary>Puts rows into tables of the lake: each call is one commit. Files of a commit that was refused are deleted; those of one that died are orphans.</summary>
internal sealed class LakeWriter(ICatalog catalog, ITableStorage storage, TimeProvider clock)
{
    private const string Staged = "recoup_rows";
    private readonly FirstBuilds firstBuilds = new(catalog, storage);
    private readonly ManifestReader manifests = new(storage);

    /// <summary>Creates a table with its first rows.</summary>
    /// <param name="beforeCommit">What must go for the table to come: a view of its name.</param>
    public async Task<Table> CreateAsync(
        TableIdentifier identifier, IReadOnlyList<LakeColumn> columns, LayoutProperties layout, DuckDBConnection connection, string source, Func<Task> beforeCommit, CancellationToken cancellation)
    {
        var location = await firstBuilds.BeginAsync(identifier, cancellation);
        var (schema, _, _) = FreshIds.Assign(new Schema { Fields = [.. columns.Select((column, index) => new NestedField(index + 1, column.Name, column.Type))] });
        var definition = new TableDefinition(schema) { Location = location, PartitionSpec = layout.Spec(schema), SortOrder = layout.Sorted(schema) };
        var staged = new Table(identifier, NewTable.Create(identifier, definition, storage.Warehouse, clock.GetUtcNow()), location, manifests);
        var files = await WriteAsync(staged, connection, source, cancellation);
        await beforeCommit();
        var created = await KeepingAsync(files, () => new TableCreation(catalog, clock).CommitAsync(staged, files, cancellation));
        await firstBuilds.EndAsync(identifier, cancellation);
        return created;
    }

    /// <summary>Puts rows in the place of all that a table has, under these columns and this layout.</summary>
    public async Task<Table> OverwriteAsync(
        Table table, IReadOnlyList<LakeColumn> columns, LayoutProperties layout, DuckDBConnection connection, string source, CancellationToken cancellation)
    {
        var change = new LakeTransaction(catalog, clock);
        var shaped = Shape(table, columns, change);
        var layoutUpdates = Layout(shaped, layout).ToArray();
        foreach (var update in layoutUpdates)
        {
            change.For(table).Update(update);
        }

        shaped = With(shaped, layoutUpdates);
        var files = await WriteAsync(shaped, connection, source, cancellation);
        change.For(table).Overwrite(files);
        return await KeepingAsync(files, async () => (await change.CommitAsync(cancellation))[0]);
    }

    /// <summary>Puts rows in the place of some files, or beside all; the commit is refused when others have changed rows that it relies on.</summary>
    public async Task<Table> RewriteAsync(
        Table table, IReadOnlyList<LakeColumn> columns, IReadOnlyList<DataFile> replaced, bool needsSameRows, DuckDBConnection connection, string source, CancellationToken cancellation)
    {
        var transaction = new LakeTransaction(catalog, clock);
        var shaped = Shape(table, columns, transaction);
        var files = await WriteAsync(shaped, connection, source, cancellation);
        if (files.Count + replaced.Count is 0 && shaped == table)
        {
            return table;
        }

        var change = transaction.For(table);
        if (files.Count + replaced.Count > 0)
        {
            change = (replaced.Count > 0 ? change.Delete(replaced) : change).Append(files);
        }

        _ = needsSameRows ? change.RequireSameRows() : change;
        return await KeepingAsync(files, async () => (await transaction.CommitAsync(cancellation))[0]);
    }

    /// <summary>What is partitioned is read once for each partition, so it is computed before.</summary>
    private static async Task<IReadOnlyList<DataFile>> WriteAsync(Table table, DuckDBConnection connection, string source, CancellationToken cancellation)
    {
        if (table.Metadata.DefaultSpec.Fields.Count is 0)
        {
            return await DataFileWriter.WriteAsync(table, connection, source, cancellation);
        }

        Run(connection, $"CREATE OR REPLACE TEMP TABLE {Staged} AS {source}");
        try
        {
            return await DataFileWriter.WriteAsync(table, connection, Staged, cancellation);
        }
        finally
        {
            Run(connection, $"DROP TABLE {Staged}");
        }
    }

    /// <summary>The table under other columns, and the same as a change; it is refused when somebody else changes columns meanwhile, whose ids the files would not have.</summary>
    private Table Shape(Table table, IReadOnlyList<LakeColumn> columns, LakeTransaction transaction)
    {
        var started = new SchemaEvolution(table.Schema, table.Metadata.LastColumnId);
        var shape = started.Become(columns.Select(column => (column.Name, column.Type)));
        if (shape.Schema.Fields.SequenceEqual(table.Schema.Fields))
        {
            return table;
        }

        transaction.For(table).UpdateSchema(now => now.LastColumnId == started.LastColumnId && now.Schema.SameColumns(started.Schema)
            ? shape
            : throw IcebergException.Conflict($"Somebody else has changed the columns of {table.Identifier}; run the model again."));
        return With(table, [new AddSchema(shape.Schema, shape.LastColumnId), new SetCurrentSchema(-1)]);
    }

    private static IEnumerable<MetadataUpdate> Layout(Table table, LayoutProperties layout)
    {
        var (spec, order) = (layout.Spec(table.Schema), layout.Sorted(table.Schema));
        if (!SameLayout(spec, table.Metadata.DefaultSpec))
        {
            yield return new AddSpec(spec with { Fields = [.. spec.Fields.Select(field => field with { FieldId = null })] });
            yield return new SetDefaultSpec(-1);
        }

        if (!table.Metadata.SortOrders.First(known => known.OrderId == table.Metadata.DefaultSortOrderId).Fields.SequenceEqual(order.Fields))
        {
            yield return new AddSortOrder(order);
            yield return new SetDefaultSortOrder(-1);
        }
    }

    private static bool SameLayout(PartitionSpec left, PartitionSpec right) =>
        left.Fields.Select(field => (field.SourceId, field.Transform)).SequenceEqual(right.Fields.Select(field => (field.SourceId, field.Transform)));

    private Table With(Table table, MetadataUpdate[] updates) =>
        updates.Length is 0 ? table : table with { Metadata = MetadataBuilder.Apply(table.Metadata, null, updates, clock.GetUtcNow()) };

    private async Task<Table> KeepingAsync(IReadOnlyList<DataFile> files, Func<Task<Table>> commit)
    {
        try
        {
            return await commit();
        }
        catch (IcebergException refusal) when (refusal.Failure is not IcebergFailure.CommitStateUnknown)
        {
            foreach (var file in files)
            {
                await storage.DeleteAsync(file.FilePath, CancellationToken.None);
            }

            throw;
        }
    }

    private static void Run(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
