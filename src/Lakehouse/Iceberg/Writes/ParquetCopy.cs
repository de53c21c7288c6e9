using System.Collections;
using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Iceberg.Writes;

/// <summary>DuckDB's COPY into one Parquet file with field ids and in the table's sort order, and the statistics that it returns as a manifest keeps them.</summary>
internal static class ParquetCopy
{
    /// <summary>Java and pyiceberg leave the schema in the footer too, and some readers find renamed columns by it alone.</summary>
    private const string SchemaKey = "'iceberg.schema'";

    /// <summary>Rows of a row group in a table that is kept sorted: who sorts a table looks rows up in it, and reads whole row groups for one row.</summary>
    private const int SortedRowGroup = 16 * 2048;

    public static DataFile Run(DuckDBConnection connection, string select, string path, TableMetadata metadata)
    {
        var (schema, order) = (metadata.CurrentSchema, SortedRows.Of(metadata));
        using var command = connection.CreateCommand();
        command.CommandText =
            $"COPY ({select}{order.OrderBy}) TO {SqlText.Quote(path)} (FORMAT parquet, COMPRESSION {Compression(metadata)}, FIELD_IDS {FieldIds(schema.Fields)}, {RowGroups(order)}"
            + $"KV_METADATA {{{SchemaKey}: {SqlText.Quote(JsonSerializer.Serialize(schema, MetadataJson.Options))}}}, RETURN_STATS)";
        using var reader = command.ExecuteReader();
        reader.Read();
        var statistics = (IDictionary)reader.GetValue(reader.GetOrdinal("column_statistics"));
        return ColumnStatistics.Of(schema, statistics) with
        {
            FilePath = path,
            RecordCount = Number(reader, "count"),
            FileSizeInBytes = Number(reader, "file_size_bytes"),
            SortOrderId = order.OrderId,
        };
    }

    private static string RowGroups(SortedRows order) =>
        order.OrderId is 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"ROW_GROUP_SIZE {SortedRowGroup}, ");

    private static long Number(DuckDBDataReader reader, string column) =>
        Convert.ToInt64(reader.GetValue(reader.GetOrdinal(column)), CultureInfo.InvariantCulture);

    private static string Compression(TableMetadata metadata) => metadata.Properties.GetValueOrDefault(TableProperties.ParquetCompression, "zstd") switch
    {
        "zstd" => "zstd",
        "snappy" => "snappy",
        "gzip" => "gzip",
        "uncompressed" => "uncompressed",
        var codec => throw IcebergException.Unsupported($"Parquet compression '{codec}'; zstd, snappy, gzip and uncompressed are written"),
    };

    private static string FieldIds(IReadOnlyList<NestedField> fields) => $"{{{string.Join(", ", fields.Select(FieldId))}}}";

    private static string FieldId(NestedField field)
    {
        var children = SchemaNames.Children(field.Type);
        var id = field.Id.ToString(CultureInfo.InvariantCulture);
        return children.Count is 0
            ? $"{SqlText.Quote(field.Name)}: {id}"
            : $"{SqlText.Quote(field.Name)}: {{__duckdb_field_id: {id}, {string.Join(", ", children.Select(FieldId))}}}";
    }
}
