using DuckDB.NET.Native;

namespace Recoup.Lakehouse.FlinkSql.Types;

/// <summary>
/// How DuckDB keeps a Flink value. Times of day and intervals are integers (milliseconds, months), as they are within Flink;
/// TIMESTAMP and TIMESTAMP_LTZ are microseconds.
/// </summary>
internal static class PhysicalTypes
{
    /// <summary>The name of the DuckDB type.</summary>
    public static string Name(FlinkType type) => type.Kind switch
    {
        TypeKind.Boolean => "BOOLEAN",
        TypeKind.Char or TypeKind.Varchar => "VARCHAR",
        TypeKind.Binary or TypeKind.Bytes => "BLOB",
        TypeKind.TinyInt => "TINYINT",
        TypeKind.SmallInt => "SMALLINT",
        TypeKind.Int or TypeKind.Time or TypeKind.IntervalMonths => "INTEGER",
        TypeKind.BigInt or TypeKind.IntervalMilliseconds => "BIGINT",
        TypeKind.Decimal => $"DECIMAL({type.Precision},{type.Scale})",
        TypeKind.Float => "FLOAT",
        TypeKind.Double => "DOUBLE",
        TypeKind.Date => "DATE",
        TypeKind.Timestamp => "TIMESTAMP",
        TypeKind.TimestampLtz => "TIMESTAMPTZ",
        TypeKind.Array => $"{Name(type.Element!)}[]",
        TypeKind.Map => $"MAP({Name(type.Key!)}, {Name(type.Element!)})",
        TypeKind.Row => $"STRUCT({string.Join(", ", type.Fields!.Select(field => $"{Quote(field.Name)} {Name(field.Type)}"))})",
        _ => throw new InvalidOperationException($"{type} has no values."),
    };

    /// <summary>The DuckDB type as its C interface wants it; the caller disposes it.</summary>
    public static DuckDBLogicalType Create(FlinkType type)
    {
        if (type.Kind == TypeKind.Decimal)
        {
            return NativeMethods.LogicalType.DuckDBCreateDecimalType((byte)type.Precision, (byte)type.Scale);
        }

        if (type.Kind == TypeKind.Array)
        {
            using var element = Create(type.Element!);
            return NativeMethods.LogicalType.DuckDBCreateListType(element);
        }

        return NativeMethods.LogicalType.DuckDBCreateLogicalType(type.Kind switch
        {
            TypeKind.Boolean => DuckDBType.Boolean,
            TypeKind.Char or TypeKind.Varchar => DuckDBType.Varchar,
            TypeKind.Binary or TypeKind.Bytes => DuckDBType.Blob,
            TypeKind.TinyInt => DuckDBType.TinyInt,
            TypeKind.SmallInt => DuckDBType.SmallInt,
            TypeKind.Int or TypeKind.Time or TypeKind.IntervalMonths => DuckDBType.Integer,
            TypeKind.BigInt or TypeKind.IntervalMilliseconds => DuckDBType.BigInt,
            TypeKind.Float => DuckDBType.Float,
            TypeKind.Double => DuckDBType.Double,
            TypeKind.Date => DuckDBType.Date,
            TypeKind.Timestamp => DuckDBType.Timestamp,
            TypeKind.TimestampLtz => DuckDBType.TimestampTz,
            _ => throw new InvalidOperationException($"{type} is no argument of a scalar function."),
        });
    }

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
