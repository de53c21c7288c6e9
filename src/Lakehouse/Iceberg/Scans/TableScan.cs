using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Scans;

/// <summary>
/// A read of a table: which snapshot, and which rows. The current snapshot is read under the table's current schema, an older one under the schema
/// that it had.
/// </summary>
public sealed record TableScan
{
    private readonly Table table;

    internal TableScan(Table table)
    {
        this.table = table;
        Snapshot = table.CurrentSnapshot;
        Schema = table.Schema;
    }

    /// <summary>The snapshot that is read; null while the table has none.</summary>
    public Snapshot? Snapshot { get; private init; }

    /// <summary>The columns that come out.</summary>
    public Schema Schema { get; private init; }

    public Filter Filter { get; private init; } = Filter.All;

    /// <summary>Reads a snapshot by id.</summary>
    /// <exception cref="IcebergException">The table has none with this id, or it was expired.</exception>
    public TableScan AtSnapshot(long snapshotId)
    {
        var snapshot = table.Metadata.SnapshotOf(snapshotId);
        return this with { Snapshot = snapshot, Schema = snapshot.SchemaId is { } schemaId ? table.Metadata.SchemaOf(schemaId) : table.Schema };
    }

    /// <summary>Reads what a branch or a tag points to.</summary>
    public TableScan AtReference(string name) => table.Metadata.Refs.TryGetValue(name, out var reference)
        ? AtSnapshot(reference.SnapshotId)
        : throw IcebergException.Invalid($"{table.Identifier} has no branch or tag '{name}'.");

    /// <summary>Reads the table as it was at a time.</summary>
    /// <exception cref="IcebergException">The table's history does not reach back so far.</exception>
    public TableScan AsOf(DateTimeOffset time)
    {
        var entry = table.Metadata.SnapshotLog.LastOrDefault(moved => moved.TimestampMs <= time.ToUnixTimeMilliseconds());
        return entry is not null
            ? AtSnapshot(entry.SnapshotId)
            : throw IcebergException.Invalid($"{table.Identifier} has no snapshot as old as {time:O}.");
    }

    /// <summary>Keeps the rows that the filter holds for; files that cannot have any are not read.</summary>
    public TableScan Where(Filter filter) => this with { Filter = Filter is EveryRow ? filter : Filter.And(filter) };

    /// <summary>The files to read, pruned by partition and statistics.</summary>
    public Task<IReadOnlyList<FileTask>> PlanAsync(CancellationToken cancellation = default) =>
        ScanPlanner.PlanAsync(table, Snapshot, Bound(), cancellation);

    /// <summary>
    /// A SELECT over the files, to be used as a subquery or view in this connection; its session must be in UTC. Deleted rows are left out, and
    /// columns are found by field id.
    /// </summary>
    public async Task<string> ToSqlAsync(DuckDBConnection connection, CancellationToken cancellation = default) =>
        await ToSqlAsync(connection, await PlanAsync(cancellation), cancellation);

    internal async Task<string> ToSqlAsync(DuckDBConnection connection, IReadOnlyList<FileTask> tasks, CancellationToken cancellation)
    {
        var rows = await new ScanSql(table, Schema).SelectAsync(connection, tasks, cancellation);
        return Filter is EveryRow ? rows : $"SELECT * FROM ({rows}) WHERE {Bound().ToSql()}";
    }

    private BoundFilter Bound() => new BoundFilter(Filter, table.Metadata, Schema).Checked();
}
