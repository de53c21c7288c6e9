using System.Numerics;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Tests.Iceberg.Properties;

/// <summary>A value of the model as SQL, to be written, and as the text that <see cref="Rows"/> gives when it is read back.</summary>
internal static class ModelValue
{
    public static string ToSql(IcebergType type, object? value) => $"CAST({Literal(type, value)} AS {DuckType.Of(type)})";

    /// <summary>What a reader must see under a type that may be wider, or have other fields, than the one under which the value was written.</summary>
    public static string Canonical(IcebergType type, object? value) => (type, value) switch
    {
        (_, null) => "null",
        (PrimitiveType primitive, _) => Convert.ToHexString(SingleValue.Write(primitive, Widened(primitive, value))),
        (ListType list, object?[] items) => $"[{string.Join(',', items.Select(item => Canonical(list.Element, item)))}]",
        (StructType structure, Dictionary<int, object?> fields) =>
            $"{{{string.Join(',', structure.Fields.Select(field => $"{field.Name}={Canonical(field.Type, fields.GetValueOrDefault(field.Id))}"))}}}",
        (MapType map, (object, object?)[] pairs) =>
            $"<{string.Join(',', pairs.Select(pair => $"{Canonical(map.Key, pair.Item1)}:{Canonical(map.Value, pair.Item2)}").Order(StringComparer.Ordinal))}>",
        _ => throw new NotSupportedException($"{value} as {type}"),
    };

    private static object Widened(PrimitiveType type, object value) => (type.Kind, value) switch
    {
        (PrimitiveKind.Long, int number) => (long)number,
        (PrimitiveKind.Double, float number) => (double)number,
        _ => value,
    };

    private static string Literal(IcebergType type, object? value) => (type, value) switch
    {
        (_, null) => "NULL",
        (PrimitiveType { Kind: PrimitiveKind.Decimal } number, BigInteger unscaled) => $"'{ValueText.DecimalText(unscaled, number.Scale)}'",
        (PrimitiveType primitive, _) => ValueText.ToSql(primitive, Widened(primitive, value)),
        (ListType list, object?[] items) => $"[{string.Join(", ", items.Select(item => ToSql(list.Element, item)))}]",
        (StructType structure, Dictionary<int, object?> fields) =>
            $"{{{string.Join(", ", structure.Fields.Select(field => $"{SqlText.Quote(field.Name)}: {ToSql(field.Type, fields.GetValueOrDefault(field.Id))}"))}}}",
        (MapType map, (object, object?)[] pairs) =>
            $"MAP([{string.Join(", ", pairs.Select(pair => ToSql(map.Key, pair.Item1)))}], [{string.Join(", ", pairs.Select(pair => ToSql(map.Value, pair.Item2)))}])",
        _ => throw new NotSupportedException($"{value} as {type}"),
    };
}
