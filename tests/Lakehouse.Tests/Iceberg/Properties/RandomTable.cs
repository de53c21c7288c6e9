using System.Globalization;
using System.Numerics;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Tests.Iceberg.Properties;

/// <summary>Random columns and values. A nested value is a list of its parts; struct fields are kept by id, so that evolution finds them.</summary>
internal sealed class RandomTable(int seed)
{
    private static readonly PrimitiveType[] Scalars =
    [
        PrimitiveType.Boolean, PrimitiveType.Int, PrimitiveType.Long, PrimitiveType.Float, PrimitiveType.Double, PrimitiveType.Decimal(9, 2), PrimitiveType.Decimal(18, 0),
        PrimitiveType.Decimal(38, 10), PrimitiveType.Date, PrimitiveType.Time, PrimitiveType.Timestamp, PrimitiveType.Timestamptz, PrimitiveType.String, PrimitiveType.Uuid,
        PrimitiveType.Binary,
    ];

    private static readonly string[] Texts =
    [
        "", "a", "it's \"quoted\"", "ünï☃", "\U0001F600\U0001F601", new('z', 17), new('\uFFFD', 40), string.Concat(Enumerable.Repeat("\U0010FFFF", 20)), new('x', 600), "null", "-", "\t\n",
    ];

    /// <summary>A table has one kind of zero: the dictionary of DuckDB's Parquet writer takes 0.0 and -0.0 for the same (docs/LAKE.md).</summary>
    private readonly double zero = seed % 2 is 0 ? 0d : -0d;

    private int lastName;

    public Random Random { get; } = new(seed);

    public string NewName() => Random.Next(4) is 0 ? $"we ird.{++lastName}\"" : string.Create(CultureInfo.InvariantCulture, $"c{++lastName}");

    public IcebergType Type(int depth = 0)
    {
        var kind = depth >= 2 ? 0 : Random.Next(8);
        return kind switch
        {
            5 => new ListType(0, Type(depth + 1)),
            6 => new StructType([.. Enumerable.Range(0, Random.Next(1, 4)).Select(_ => new NestedField(0, NewName(), Type(depth + 1)))]),
            7 => new MapType(0, Random.Next(2) is 0 ? PrimitiveType.String : PrimitiveType.Int, 0, Type(depth + 1)),
            _ => Scalars[Random.Next(Scalars.Length)],
        };
    }

    /// <summary>A value of a type; null for one in five.</summary>
    public object? Value(IcebergType type) => Random.Next(5) is 0 ? null : type switch
    {
        PrimitiveType primitive => Scalar(primitive),
        ListType list => Enumerable.Range(0, Random.Next(4)).Select(_ => Value(list.Element)).ToArray(),
        StructType structure => structure.Fields.ToDictionary(field => field.Id, field => Value(field.Type)),
        MapType map => Enumerable.Range(0, Random.Next(4)).Select(_ => Scalar((PrimitiveType)map.Key)).Distinct().Select(key => (key, Value(map.Value))).ToArray(),
        _ => throw new NotSupportedException(),
    };

    public object Scalar(PrimitiveType type) => type.Kind switch
    {
        PrimitiveKind.Boolean => Random.Next(2) is 0,
        PrimitiveKind.Int => OneOf(0, -1, int.MinValue, int.MaxValue, Random.Next()),
        PrimitiveKind.Long => OneOf(0L, -1L, long.MinValue, long.MaxValue, Random.NextInt64()),
        PrimitiveKind.Float => OneOf((float)zero, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1.5f, float.Epsilon, Random.NextSingle()),
        PrimitiveKind.Double => OneOf(zero, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -2.25, double.MaxValue, Random.NextDouble()),
        PrimitiveKind.Decimal => Digits(type.Precision),
        PrimitiveKind.Date => OneOf(0, -1, (int)CivilDate.ToDays(1, 1, 1), (int)CivilDate.ToDays(9999, 12, 31), Random.Next(20_000, 21_000)),
        PrimitiveKind.Time => OneOf(0L, 86_399_999_999L, Random.NextInt64(86_400_000_000)),
        PrimitiveKind.Timestamp or PrimitiveKind.Timestamptz =>
            OneOf(0L, -1L, CivilDate.ToDays(1, 1, 1) * 86_400_000_000, (CivilDate.ToDays(10_000, 1, 1) * 86_400_000_000) - 1, 1_764_000_000_000_000 + Random.NextInt64(400_000_000_000)),
        PrimitiveKind.String => Texts[Random.Next(Texts.Length)],
        PrimitiveKind.Uuid => Bytes(16),
        _ => OneOf<byte[]>([], Bytes(3), Enumerable.Repeat((byte)0xFF, 20).ToArray(), Bytes(40)),
    };

    public T OneOf<T>(params T[] values) => values[Random.Next(values.Length)];

    private BigInteger Digits(int precision) => OneOf(BigInteger.Zero, BigInteger.Pow(10, precision) - 1, 1 - BigInteger.Pow(10, precision), new BigInteger(Random.Next(1000)), -BigInteger.One);

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Random.NextBytes(bytes);
        return bytes;
    }
}
