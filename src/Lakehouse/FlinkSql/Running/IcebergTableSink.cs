using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Commits;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Writes;

namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>
/// Writes a script's rows into Iceberg: one Parquet file for each table and day of a batch, then one transaction over all
/// tables, which carries the offsets in each table's snapshot.
/// </summary>
public sealed class IcebergTableSink : ITableSink
{
    private readonly ICatalog catalog;
    private readonly TimeProvider time;
    private readonly string topic;
    private volatile IReadOnlyList<Table> tables;

    private IcebergTableSink(ICatalog catalog, TimeProvider time, string topic, IReadOnlyList<Table> tables)
    {
        this.catalog = catalog;
        this.time = time;
        this.topic = topic;
        this.tables = tables;
    }

    /// <summary>Loads the targets of a script's inserts; they must exist and have the columns that the script writes.</summary>
    /// <exception cref="IcebergException">A table is missing.</exception>
    /// <exception cref="ArgumentException">A table lacks a column.</exception>
    public static async Task<IcebergTableSink> OpenAsync(ICatalog catalog, ScriptPlan plan, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(plan);
        var tables = new List<Table>();
        foreach (var insert in plan.Inserts)
        {
            var table = await catalog.LoadTableAsync(Identifier(insert), cancellation);
            var missing = insert.Columns.Where(column => table.Schema.Fields.All(field => field.Name != column)).ToList();
            tables.Add(missing.Count == 0
                ? table
                : throw new ArgumentException($"{plan.File} writes {string.Join(", ", missing)}, which {table.Identifier} has not: add the columns to the table.", nameof(plan)));
        }

        return new IcebergTableSink(catalog, time, plan.Source.Topic, tables);
    }

    public async Task<IReadOnlyDictionary<int, long>> ReadOffsetsAsync(CancellationToken cancellation)
    {
        tables = await Task.WhenAll(tables.Select(table => catalog.LoadTableAsync(table.Identifier, cancellation)));
        var offsets = tables.Select(table => SourceOffsets.Of(table.Metadata).Next
            .Where(pair => pair.Key.Topic == topic).ToDictionary(pair => pair.Key.Partition, pair => pair.Value)).ToList();
        var others = offsets.Skip(1).FirstOrDefault(other => !other.OrderBy(pair => pair.Key).SequenceEqual(offsets[0].OrderBy(pair => pair.Key)));
        return others is null
            ? offsets[0]
            : throw new InvalidOperationException(
                $"{string.Join(" and ", tables.Select(table => table.Identifier))} hold different offsets of {topic}: one of them was rolled back alone. Roll the other back to the same batch.");
    }

    public string? DayColumn(PlannedInsert insert)
    {
        var metadata = tables.First(table => table.Identifier == Identifier(insert)).Metadata;
        var day = metadata.DefaultSpec.Fields.FirstOrDefault(field => field.Transform.Kind is TransformKind.Day);
        return day is null ? null : metadata.CurrentSchema.Fields.FirstOrDefault(field => field.Id == day.SourceId)?.Name;
    }

    public async Task<IStagedBatch> StageAsync(BatchOutput batch, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var (targets, files) = (tables, new List<IReadOnlyList<DataFile>>());
        for (var index = 0; index < targets.Count; index++)
        {
            files.Add(await DataFileWriter.WriteAsync(targets[index], batch.Connection, batch.Tables[index], cancellation));
        }

        return new StagedFiles(files);
    }

    public async Task CommitAsync(IStagedBatch batch, IReadOnlyDictionary<int, long> first, IReadOnlyDictionary<int, long> behind, CancellationToken cancellation)
    {
        var files = ((StagedFiles)batch).OfTables;
        var transaction = new LakeTransaction(catalog, time);
        for (var index = 0; index < tables.Count; index++)
        {
            transaction.For(tables[index]).Append(files[index]).AdvanceOffsets(Offsets(first), Offsets(behind));
        }

        try
        {
            tables = await transaction.CommitAsync(cancellation);
        }
        catch (IcebergException conflict) when (conflict.Failure is IcebergFailure.CommitConflict)
        {
            throw new OffsetsMovedException(conflict.Message, conflict);
        }
    }

    private static TableIdentifier Identifier(PlannedInsert insert) => new(insert.Target[^2], insert.Target[^1]);

    private SourceOffsets Offsets(IReadOnlyDictionary<int, long> offsets) =>
        offsets.Aggregate(SourceOffsets.None, (all, pair) => all.With(topic, pair.Key, pair.Value));

    /// <summary>For each table the files that a commit adds to it; without one they are orphans, which maintenance removes.</summary>
    private sealed record StagedFiles(IReadOnlyList<IReadOnlyList<DataFile>> OfTables) : IStagedBatch;
}
