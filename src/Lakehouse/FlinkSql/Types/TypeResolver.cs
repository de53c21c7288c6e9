using Recoup.Lakehouse.FlinkSql.Syntax;

namespace Recoup.Lakehouse.FlinkSql.Types;

/// <summary>Gives a written type its meaning, or says why this engine does not hold it.</summary>
internal static class TypeResolver
{
    /// <summary>DuckDB keeps microseconds.</summary>
    private const int LongestFraction = 6;

    public static FlinkType Resolve(TypeName name) => name.Name switch
    {
        "STRING" => FlinkType.String,
        "VARCHAR" or "CHARACTER VARYING" => FlinkType.Varchar(Parameter(name, 0, FlinkType.Unbounded)),
        "CHAR" or "CHARACTER" => FlinkType.Char(Parameter(name, 0, 1)),
        "BYTES" => FlinkType.Bytes,
        "VARBINARY" => new FlinkType(TypeKind.Bytes, Parameter(name, 0, FlinkType.Unbounded)),
        "BINARY" => FlinkType.Binary(Parameter(name, 0, 1)),
        "BOOLEAN" => FlinkType.Boolean,
        "TINYINT" => FlinkType.TinyInt,
        "SMALLINT" => FlinkType.SmallInt,
        "INT" or "INTEGER" => FlinkType.Int,
        "BIGINT" => FlinkType.BigInt,
        "DECIMAL" or "DEC" or "NUMERIC" => FlinkType.Decimal(Math.Min(38, Parameter(name, 0, 10)), Parameter(name, 1, 0)),
        "FLOAT" => FlinkType.Float,
        "DOUBLE" => FlinkType.Double,
        "DATE" => FlinkType.Date,
        "TIMESTAMP" => FlinkType.Timestamp(Fraction(name)),
        "TIMESTAMP_LTZ" => FlinkType.TimestampLtz(Fraction(name)),
        "TIME" => throw new FlinkSqlException(name.At, "TIME is read differently by Flink 2.1 and 2.3", "Keep a time of day as STRING, or a whole TIMESTAMP"),
        "ARRAY" => FlinkType.ArrayOf(Resolve(Single(name).Type)),
        "MAP" when name.Elements.Count == 2 => FlinkType.MapOf(Resolve(name.Elements[0].Type), Resolve(name.Elements[1].Type)),
        "ROW" => FlinkType.RowOf([.. name.Elements.Select(field => new RowField(field.Name!, Resolve(field.Type)))]),
        _ => throw new FlinkSqlException(name.At, $"the type {name.Name} is not in the shared subset", "Use STRING, BYTES, BOOLEAN, INT, BIGINT, DECIMAL, DOUBLE, DATE, TIMESTAMP or TIMESTAMP_LTZ"),
    };

    private static int Parameter(TypeName name, int index, int otherwise) => index < name.Parameters.Count ? name.Parameters[index] : otherwise;

    private static int Fraction(TypeName name)
    {
        var digits = Parameter(name, 0, 6);
        return digits <= LongestFraction
            ? digits
            : throw new FlinkSqlException(name.At, $"{name.Name}({digits}) has more digits than the six that DuckDB and Iceberg keep", $"Write {name.Name}(6)");
    }

    private static TypeField Single(TypeName name) => name.Elements.Count == 1
        ? name.Elements[0]
        : throw new FlinkSqlException(name.At, $"{name.Name} needs one type in angle brackets", $"Write {name.Name}<STRING>");
}
