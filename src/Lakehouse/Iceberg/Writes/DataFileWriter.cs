using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Iceberg.Writes;

/// <summary>
/// Writes rows of a DuckDB connection into Parquet files of a table, one for each partition that they fall into, in the table's sort order. The files are durable when the call
/// returns and belong to the table once a transaction appends them; those that none appends are orphans.
/// </summary>
public static class DataFileWriter
{
    /// <summary>Writes the rows of a source, matched to the table's columns by name; columns that the source lacks are NULL.</summary>
    /// <param name="table">The table, under whose current schema and default partition spec the files are written.</param>
    /// <param name="connection">A connection whose session is in UTC.</param>
    /// <param name="source">A table's name or a SELECT. It is run more than once: keep what is costly in a temporary table.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="IcebergException">A required column holds NULL, or the table has columns or partitions that are not written.</exception>
    public static async Task<IReadOnlyList<DataFile>> WriteAsync(Table table, DuckDBConnection connection, string source, CancellationToken cancellation = default)
    {
        RequireUtc(connection);
        RequireWritable(table.Metadata);
        var relation = source.Contains(' ', StringComparison.Ordinal) ? $"({source})" : source;
        var columns = ColumnsOf(connection, relation);
        var select = $"SELECT {string.Join(", ", table.Schema.Fields.Select(field => Column(field, columns)))} FROM {relation} AS source";
        var files = new List<DataFile>();
        foreach (var (values, condition) in WritePartitions.Find(connection, table.Metadata, relation))
        {
            cancellation.ThrowIfCancellationRequested();
            if (await WriteAsync(table, connection, condition.Length is 0 ? select : $"{select} WHERE {condition}", values, cancellation) is { } file)
            {
                files.Add(file);
            }
        }

        return files;
    }

    private static async Task<DataFile?> WriteAsync(Table table, DuckDBConnection connection, string select, IReadOnlyList<object?> partition, CancellationToken cancellation)
    {
        var storage = table.Manifests.Storage;
        var location = NewLocation(table.Metadata, partition);
        var path = storage.StagingPath(location);
        var written = ParquetCopy.Run(connection, select, path, table.Metadata);
        var refusal = table.Schema.Fields.FirstOrDefault(field => field.Required && written.NullValueCounts.GetValueOrDefault(field.Id) > 0);
        if (written.RecordCount is 0 || refusal is not null)
        {
            File.Delete(path);
            return refusal is null ? null : throw IcebergException.Invalid($"Column '{refusal.Name}' of {table.Identifier} is required, and a row has NULL in it.");
        }

        await storage.PublishAsync(path, location, cancellation);
        return written with { FilePath = location, Partition = partition, SpecId = table.Metadata.DefaultSpecId };
    }

    private static string NewLocation(TableMetadata metadata, IReadOnlyList<object?> partition)
    {
        var folder = partition.Count is 0 ? "" : PartitionPath.Of(metadata.DefaultSpec, metadata.SourceType, partition) + "/";
        return $"{metadata.Location}/data/{folder}{Guid.CreateVersion7():N}.parquet";
    }

    private static string Column(NestedField field, HashSet<string> columns)
    {
        var value = columns.Contains(field.Name) ? $"source.{SqlText.Name(field.Name)}" : "NULL";
        return $"CAST({value} AS {DuckType.Of(field.Type)}) AS {SqlText.Name(field.Name)}";
    }

    private static HashSet<string> ColumnsOf(DuckDBConnection connection, string relation)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {relation} AS source LIMIT 0";
        using var reader = command.ExecuteReader();
        return Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Times are cast and printed in the session's zone; in another than UTC, files and bounds would be wrong.</summary>
    private static void RequireUtc(DuckDBConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT current_setting('TimeZone')";
        if (command.ExecuteScalar() is string zone && zone is not ("UTC" or "Etc/UTC"))
        {
            throw IcebergException.Invalid($"The DuckDB session is in time zone {zone}: run SET TimeZone='UTC' first.");
        }
    }

    private static void RequireWritable(TableMetadata metadata)
    {
        if (metadata.FormatVersion is not TableMetadata.WrittenFormatVersion)
        {
            throw IcebergException.Unsupported($"writing a table of format version {metadata.FormatVersion}: upgrade it to 2");
        }

        var sized = SchemaNames.Walk(metadata.CurrentSchema.Fields).FirstOrDefault(field => field.Type is PrimitiveType { Kind: PrimitiveKind.Fixed });
        if (sized is not null)
        {
            throw IcebergException.Unsupported($"writing column '{sized.Name}' of type {sized.Type}: DuckDB's Parquet writer has no fixed-length bytes");
        }
    }
}
