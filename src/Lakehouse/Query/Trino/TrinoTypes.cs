using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Recoup.Lakehouse.Query.Trino;

/// <summary>Trino's type signatures as Arrow types. A type that is not known here is refused by name.</summary>
internal static class TrinoTypes
{
    public static Schema Schema(JsonElement columns) =>
        new([.. columns.EnumerateArray().Select(column => new Field(column.GetProperty("name").GetString()!, Of(column.GetProperty("typeSignature")), nullable: true))], null);

    public static IArrowType Of(JsonElement signature) => signature.GetProperty("rawType").GetString() switch
    {
        "unknown" => NullType.Default,
        "boolean" => BooleanType.Default,
        "tinyint" => Int8Type.Default,
        "smallint" => Int16Type.Default,
        "integer" => Int32Type.Default,
        "bigint" => Int64Type.Default,
        "real" => FloatType.Default,
        "double" => DoubleType.Default,
        "decimal" => new Decimal128Type(Number(signature, 0), Number(signature, 1)),
        "varchar" or "char" or "json" or "uuid" or "ipaddress" => StringType.Default,
        "varbinary" => BinaryType.Default,
        "date" => Date32Type.Default,
        "time" => new Time64Type(Unit(signature)),
        "timestamp" => new TimestampType(Unit(signature), timezone: (string?)null),
        "timestamp with time zone" => new TimestampType(Unit(signature), "UTC"),
        "interval day to second" or "interval year to month" => IntervalType.MonthDayNanosecond,
        "array" => new ListType(new Field("item", Argument(signature, 0), nullable: true)),
        "map" => new MapType(new Field("key", Argument(signature, 0), nullable: false), new Field("value", Argument(signature, 1), nullable: true)),
        "row" => new StructType([.. signature.GetProperty("arguments").EnumerateArray().Select((argument, index) => RowField(argument, index))]),
        var other => throw QueryException.Refused($"Values of the type {other} cannot be returned: cast them to VARCHAR."),
    };

    private static JsonElement Value(JsonElement signature, int index) => signature.GetProperty("arguments")[index].GetProperty("value");

    private static int Number(JsonElement signature, int index) => Value(signature, index).GetInt32();

    private static IArrowType Argument(JsonElement signature, int index) => Of(Value(signature, index));

    /// <summary>Precision is the digits of the fraction; without one it is Trino's 3.</summary>
    private static TimeUnit Unit(JsonElement signature) => signature.GetProperty("arguments").GetArrayLength() is 0 ? TimeUnit.Microsecond : Number(signature, 0) switch
    {
        <= 6 => TimeUnit.Microsecond,
        <= 9 => TimeUnit.Nanosecond,
        var digits => throw QueryException.Refused($"Times with {digits} digits of a second cannot be returned: cast them to {signature.GetProperty("rawType").GetString()}(9)."),
    };

    private static Field RowField(JsonElement argument, int index)
    {
        var value = argument.GetProperty("value");
        var name = value.TryGetProperty("fieldName", out var named) && named.ValueKind is JsonValueKind.Object ? named.GetProperty("name").GetString() : null;
        return new Field(name ?? $"field{index}", Of(value.GetProperty("typeSignature")), nullable: true);
    }
}
