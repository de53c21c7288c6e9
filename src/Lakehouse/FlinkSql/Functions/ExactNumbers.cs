using System.Numerics;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Semantics;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Functions;

/// <summary>Integers and decimals in DuckDB's cells: the width follows from the type.</summary>
internal static class ExactNumbers
{
    public static Int128 Read(in Arguments arguments, int index, FlinkType type) => Width(type) switch
    {
        1 => arguments.Int8(index),
        2 => arguments.Int16(index),
        4 => arguments.Int32(index),
        8 => arguments.Int64(index),
        _ => arguments.Int128(index),
    };

    public static void Write(ref Result result, Int128 value, FlinkType type)
    {
        switch (Width(type))
        {
            case 1: result.Int8((sbyte)value); break;
            case 2: result.Int16((short)value); break;
            case 4: result.Int32((int)value); break;
            case 8: result.Int64((long)value); break;
            default: result.Int128(value); break;
        }
    }

    /// <summary>Rounds half up into the type; what does not fit stays NULL, as Flink's decimals do.</summary>
    public static void WriteDecimal(ref Result result, BigInteger unscaled, int scale, FlinkType type)
    {
        if (FlinkDecimal.TryFit(unscaled, scale, type.Precision, type.Scale, out var fitted))
        {
            Write(ref result, fitted, type);
        }
    }

    public static double ReadDouble(in Arguments arguments, int index, FlinkType type) => type.Kind switch
    {
        TypeKind.Double => arguments.Double(index),
        TypeKind.Float => arguments.Float(index),
        TypeKind.Decimal => DecimalToDouble(Read(arguments, index, type), type.Scale),
        _ => (double)(long)Read(arguments, index, type),
    };

    public static double DecimalToDouble(Int128 unscaled, int scale) =>
        double.Parse($"{unscaled}E-{scale}", System.Globalization.CultureInfo.InvariantCulture);

    private static int Width(FlinkType type) => type.Kind switch
    {
        TypeKind.TinyInt => 1,
        TypeKind.SmallInt => 2,
        TypeKind.Int or TypeKind.IntervalMonths or TypeKind.Date => 4,
        TypeKind.BigInt or TypeKind.IntervalMilliseconds => 8,
        TypeKind.Decimal => type.Precision switch { <= 4 => 2, <= 9 => 4, <= 18 => 8, _ => 16 },
        _ => throw new InvalidOperationException($"{type} is no exact number."),
    };
}
