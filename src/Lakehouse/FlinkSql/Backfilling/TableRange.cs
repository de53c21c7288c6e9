using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Scans;
using Recoup.Lakehouse.Iceberg.Writes;

namespace Recoup.Lakehouse.FlinkSql.Backfilling;

/// <summary>The rows of a table that came from ranges of a topic, and the files that hold them.</summary>
internal sealed class TableRange
{
    /// <summary>Where rows say which record they came from, as everywhere in the lake.</summary>
    private const string Partition = "kafka_partition";
    private const string Offset = "kafka_offset";

    private readonly Table table;
    private readonly DuckDBConnection connection;
    private readonly IReadOnlyList<FileTask> files;
    private readonly string rows;
    private readonly string condition;

    private TableRange(Table table, DuckDBConnection connection, IReadOnlyList<FileTask> files, string rows, string condition) =>
        (this.table, this.connection, this.files, this.rows, this.condition) = (table, connection, files, rows, condition);

    /// <summary>Looks for the files by their statistics, so that a range of a long history does not read all of it.</summary>
    /// <exception cref="BackfillException">The table does not say which record a row came from.</exception>
    public static async Task<TableRange> FindAsync(Table table, DuckDBConnection connection, IReadOnlyList<OffsetRange> ranges, CancellationToken cancellation)
    {
        if (new[] { Partition, Offset }.FirstOrDefault(column => table.Schema.Fields.All(field => field.Name != column)) is { } missing)
        {
            throw new BackfillException($"{table.Identifier} has no column {missing}: which of its rows came from the range is not known.");
        }

        var touched = ranges.Select(Filtered).Aggregate((left, right) => left.Or(right));
        var files = await table.Scan().Where(touched).PlanAsync(cancellation);
        var rows = await table.Scan().ToSqlAsync(connection, files, cancellation);
        return new TableRange(table, connection, files, rows, OffsetRange.Condition(ranges, Partition, Offset));
    }

    public IEnumerable<DataFile> Files => files.Select(task => task.File);

    /// <summary>Rows that came from the ranges.</summary>
    public long Count() => Scalar($"SELECT count(*) FROM ({rows}) WHERE {condition}");

    /// <summary>Rows that came from the ranges and whose record is not among those of a table with <c>partition</c> and <c>offset</c>.</summary>
    public long CountWithout(string records) => Scalar(
        $"SELECT count(*) FROM ({rows}) AS kept WHERE ({condition}) AND NOT EXISTS "
        + $"(SELECT 1 FROM {records} AS read WHERE read.\"partition\" = kept.{Partition} AND read.\"offset\" = kept.{Offset})");

    /// <summary>Writes the other rows of these files anew.</summary>
    public Task<IReadOnlyList<DataFile>> WriteOthersAsync(CancellationToken cancellation) =>
        DataFileWriter.WriteAsync(table, connection, $"SELECT * FROM ({rows}) WHERE NOT ({condition})", cancellation);

    private static Filter Filtered(OffsetRange range) => Filter.Equal(Partition, Text(range.Partition))
        .And(Filter.Compare(Offset, Comparison.GreaterOrEqual, Text(range.From)))
        .And(Filter.Compare(Offset, Comparison.Less, Text(range.To)));

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private long Scalar(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
