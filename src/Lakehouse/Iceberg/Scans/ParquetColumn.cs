namespace Recoup.Lakehouse.Iceberg.Scans;

/// <summary>A column, or a part of one, as a Parquet file has it: lists and maps without the groups that the format puts between.</summary>
/// <param name="Name">Its name in the file; readers go by the id.</param>
/// <param name="FieldId">Null where the writer gave none.</param>
/// <param name="DuckDbType">Of a scalar, the type that DuckDB reads it as; null for nested columns.</param>
/// <param name="Children">Fields of a struct; the element of a list; key and value of a map.</param>
internal sealed record ParquetColumn(string Name, int? FieldId, string? DuckDbType, IReadOnlyList<ParquetColumn> Children)
{
    public bool HasIds => FieldId is not null || Children.Any(child => child.HasIds);

    /// <summary>A text that is the same for files that are read by the same expressions.</summary>
    public override string ToString() => $"{Name}:{FieldId}:{DuckDbType}({string.Join(',', Children)})";
}
