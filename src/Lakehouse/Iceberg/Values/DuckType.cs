using System.Globalization;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Values;

/// <summary>The DuckDB type that holds a column. Times with a zone need a session in UTC to be read as text.</summary>
public static class DuckType
{
    public static string Of(IcebergType type) => type switch
    {
        PrimitiveType primitive => Of(primitive),
        StructType structure => $"STRUCT({string.Join(", ", structure.Fields.Select(field => $"{SqlText.Name(field.Name)} {Of(field.Type)}"))})",
        ListType list => $"{Of(list.Element)}[]",
        MapType map => $"MAP({Of(map.Key)}, {Of(map.Value)})",
        _ => throw new NotSupportedException($"{type.GetType().Name} has no DuckDB type."),
    };

    private static string Of(PrimitiveType type) => type.Kind switch
    {
        PrimitiveKind.Boolean => "BOOLEAN",
        PrimitiveKind.Int => "INTEGER",
        PrimitiveKind.Long => "BIGINT",
        PrimitiveKind.Float => "FLOAT",
        PrimitiveKind.Double => "DOUBLE",
        PrimitiveKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"DECIMAL({type.Precision},{type.Scale})"),
        PrimitiveKind.Date => "DATE",
        PrimitiveKind.Time => "TIME",
        PrimitiveKind.Timestamp => "TIMESTAMP",
        PrimitiveKind.Timestamptz => "TIMESTAMPTZ",
        PrimitiveKind.String => "VARCHAR",
        PrimitiveKind.Uuid => "UUID",
        _ => "BLOB",
    };
}
