using System.Numerics;
using Recoup.Lakehouse.Iceberg.Avro;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Manifests;

/// <summary>Partition tuples between Avro and memory; fields are matched by id, so an older writer may lack some.</summary>
internal static class PartitionValues
{
    public static object?[] FromAvro(AvroRow row, PartitionSpec spec, Func<int, PrimitiveType> sourceType) =>
        [.. spec.Fields.Select(field => FromAvro(field.Transform.ResultType(sourceType(field.SourceId)), row[field.FieldId!.Value]))];

    public static object?[] ToAvro(IReadOnlyList<object?> values, PartitionSpec spec, Func<int, PrimitiveType> sourceType) =>
        [.. values.Zip(spec.Fields, (value, field) => ToAvro(field.Transform.ResultType(sourceType(field.SourceId)), value))];

    private static object? FromAvro(PrimitiveType type, object? value) => (type.Kind, value) switch
    {
        (_, null) => null,
        (PrimitiveKind.Decimal, byte[] bytes) => new BigInteger(bytes, isUnsigned: false, isBigEndian: true),
        (PrimitiveKind.Long, int number) => (long)number,
        (PrimitiveKind.Double, float number) => (double)number,
        (PrimitiveKind.Uuid, string text) => Guid.Parse(text).ToByteArray(bigEndian: true),
        _ => value,
    };

    private static object? ToAvro(PrimitiveType type, object? value) =>
        value is BigInteger unscaled ? DecimalBytes.Extend(unscaled, DecimalBytes.Length(type.Precision)) : value;
}
