using System.Globalization;
using System.Numerics;
using Apache.Arrow.Arrays;
using Apache.Arrow.Types;

namespace Recoup.Lakehouse.Query.Formats;

/// <summary>
/// Decimals as text with all their digits. It is read from the bytes, because <see cref="decimal"/> has 28 digits and the lake's values have up to 38
/// (39 for sums of whole numbers).
/// </summary>
internal static class DecimalText
{
    public static (int Precision, int Scale) Shape(FixedSizeBinaryType type) => type switch
    {
        Decimal32Type number => (number.Precision, number.Scale),
        Decimal64Type number => (number.Precision, number.Scale),
        Decimal128Type number => (number.Precision, number.Scale),
        Decimal256Type number => (number.Precision, number.Scale),
        _ => throw new ArgumentException($"{type.Name} is no decimal.", nameof(type)),
    };

    public static string Of(FixedSizeBinaryArray values, int row)
    {
        var type = (FixedSizeBinaryType)values.Data.DataType;
        return Of(new BigInteger(values.GetBytes(row)), Shape(type).Scale);
    }

    public static string Of(BigInteger unscaled, int scale)
    {
        if (scale <= 0)
        {
            return (unscaled * BigInteger.Pow(10, -scale)).ToString(CultureInfo.InvariantCulture);
        }

        var digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(unscaled.Sign < 0 ? "-" : "")}{digits[..^scale]}.{digits[^scale..]}";
    }
}
