using System.Globalization;
using Apache.Arrow.Types;

namespace Recoup.Lakehouse.Query.Formats;

/// <summary>The SQL names of Arrow types, the same whichever engine answers.</summary>
internal static class SqlTypeName
{
    public static string Of(IArrowType type) => type switch
    {
        NullType => "NULL",
        BooleanType => "BOOLEAN",
        Int8Type => "TINYINT",
        Int16Type => "SMALLINT",
        Int32Type => "INTEGER",
        Int64Type => "BIGINT",
        UInt8Type => "UTINYINT",
        UInt16Type => "USMALLINT",
        UInt32Type => "UINTEGER",
        UInt64Type => "UBIGINT",
        FloatType => "REAL",
        DoubleType => "DOUBLE",
        Decimal32Type number => Decimal(number),
        Decimal64Type number => Decimal(number),
        Decimal128Type number => Decimal(number),
        Decimal256Type number => Decimal(number),
        Date32Type or Date64Type => "DATE",
        TimeType => "TIME",
        TimestampType { Timezone: { Length: > 0 } } => "TIMESTAMP WITH TIME ZONE",
        TimestampType => "TIMESTAMP",
        IntervalType => "INTERVAL",
        StringType or LargeStringType => "VARCHAR",
        BinaryType or LargeBinaryType => "BLOB",
        FixedSizeBinaryType => "BLOB",
        DictionaryType enumeration => Of(enumeration.ValueType),
        MapType map => $"MAP({Of(map.KeyField.DataType)}, {Of(map.ValueField.DataType)})",
        ListType list => $"{Of(list.ValueDataType)}[]",
        FixedSizeListType array => string.Create(CultureInfo.InvariantCulture, $"{Of(array.ValueDataType)}[{array.ListSize}]"),
        StructType structure => $"STRUCT({string.Join(", ", structure.Fields.Select(field => $"{field.Name} {Of(field.DataType)}"))})",
        _ => throw QueryException.Refused($"Values of the type {type.Name} cannot be returned: cast them to VARCHAR."),
    };

    private static string Decimal(FixedSizeBinaryType type)
    {
        var (precision, scale) = DecimalText.Shape(type);
        return string.Create(CultureInfo.InvariantCulture, $"DECIMAL({precision},{scale})");
    }
}
