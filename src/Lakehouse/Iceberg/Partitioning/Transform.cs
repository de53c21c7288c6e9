using System.Globalization;
using System.Numerics;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Iceberg.Partitioning;

public enum TransformKind
{
    Identity,
    Bucket,
    Truncate,
    Year,
    Month,
    Day,
    Hour,

    /// <summary>Always null: what is left of a removed partition field in format version 1.</summary>
    Void,
}

/// <summary>How a partition value comes from a column's value.</summary>
/// <param name="Kind">Which transform.</param>
/// <param name="Parameter">The number of buckets or the width; 0 for the others.</param>
public sealed record Transform(TransformKind Kind, int Parameter = 0)
{
    private const long MicrosecondsInHour = 3_600_000_000;
    private const long MicrosecondsInDay = 24 * MicrosecondsInHour;

    public static Transform Identity { get; } = new(TransformKind.Identity);

    public static Transform Day { get; } = new(TransformKind.Day);

    /// <summary>Whether larger values never give smaller results, so that a range of values is a range of partitions.</summary>
    public bool IsMonotonic => Kind is not (TransformKind.Bucket or TransformKind.Void);

    /// <summary>The type of the partition value.</summary>
    /// <exception cref="IcebergException">The transform cannot be applied to the type.</exception>
    public PrimitiveType ResultType(IcebergType source) => source is PrimitiveType type && Accepts(type.Kind)
        ? Kind switch
        {
            TransformKind.Identity or TransformKind.Truncate or TransformKind.Void => type,
            TransformKind.Day => PrimitiveType.Date,
            _ => PrimitiveType.Int,
        }
        : throw IcebergException.Invalid($"The transform {this} cannot be applied to a column of type {source}.");

    /// <summary>The partition value of a column's value; null stays null.</summary>
    public object? Apply(PrimitiveType type, object? value) => value is null
        ? null
        : Kind switch
        {
            TransformKind.Identity => value,
            TransformKind.Bucket => (Murmur3.Hash(HashedBytes(type, value)) & int.MaxValue) % Parameter,
            TransformKind.Truncate => Truncate(type, value),
            TransformKind.Year => (int)(CivilDate.FromDays(Days(type, value)).Year - 1970),
            TransformKind.Month => Months(CivilDate.FromDays(Days(type, value))),
            TransformKind.Day => (int)Days(type, value),
            TransformKind.Hour => (int)CivilDate.FloorDivide((long)value, MicrosecondsInHour),
            _ => null,
        };

    public override string ToString() => Kind is TransformKind.Bucket or TransformKind.Truncate
        ? string.Create(CultureInfo.InvariantCulture, $"{Kind.ToString().ToLowerInvariant()}[{Parameter}]")
        : Kind.ToString().ToLowerInvariant();

    private static int Months((long Year, int Month, int Day) date) => (int)(((date.Year - 1970) * 12) + date.Month - 1);

    private static long Days(PrimitiveType type, object value) =>
        type.Kind is PrimitiveKind.Date ? (int)value : CivilDate.FloorDivide((long)value, MicrosecondsInDay);

    /// <summary>Integers and times are hashed as 8 bytes, so that widening a column keeps its buckets.</summary>
    private static byte[] HashedBytes(PrimitiveType type, object value) => type.Kind switch
    {
        PrimitiveKind.Int or PrimitiveKind.Date => SingleValue.Write(PrimitiveType.Long, (long)(int)value),
        _ => SingleValue.Write(type, value),
    };

    /// <summary>Rounds down to a multiple of the width; at the smallest int and long it wraps around, as the reference implementation does.</summary>
    private object Truncate(PrimitiveType type, object value) => value switch
    {
        int number => unchecked(number - (((number % Parameter) + Parameter) % Parameter)),
        long number => unchecked(number - (((number % Parameter) + Parameter) % Parameter)),
        BigInteger number => number - (((number % Parameter) + Parameter) % Parameter),
        string text => FirstCodePoints(text),
        byte[] bytes => bytes.Take(Parameter).ToArray(),
        _ => throw IcebergException.Invalid($"truncate cannot be applied to type {type}."),
    };

    private string FirstCodePoints(string text)
    {
        var (kept, count) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (count++ == Parameter)
            {
                break;
            }

            kept += rune.Utf16SequenceLength;
        }

        return text[..kept];
    }

    private bool Accepts(PrimitiveKind kind) => Kind switch
    {
        TransformKind.Bucket => kind is not (PrimitiveKind.Boolean or PrimitiveKind.Float or PrimitiveKind.Double),
        TransformKind.Truncate => kind is PrimitiveKind.Int or PrimitiveKind.Long or PrimitiveKind.Decimal or PrimitiveKind.String or PrimitiveKind.Binary,
        TransformKind.Year or TransformKind.Month or TransformKind.Day => kind is PrimitiveKind.Date or PrimitiveKind.Timestamp or PrimitiveKind.Timestamptz,
        TransformKind.Hour => kind is PrimitiveKind.Timestamp or PrimitiveKind.Timestamptz,
        _ => true,
    };
}
