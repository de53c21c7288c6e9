using System.Globalization;
using System.Numerics;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Formatting;

/// <summary>A double is a whole number times a power of two, and so has exact decimal digits to round.</summary>
internal static class ExactDecimal
{
    /// <summary>A finite number, not negative, with so many digits after the point; exact halves go to the even digit.</summary>
    public static string Round(double value, int digits)
    {
        var scaled = Scale(value, digits);
        var text = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        return digits == 0 ? text : $"{text[..^digits]}.{text[^digits..]}";
    }

    /// <summary>All the digits of a finite number.</summary>
    public static PyDecimal Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7ff);
        BigInteger mantissa = (bits & 0xf_ffff_ffff_ffff) | (exponent == 0 ? 0 : 1L << 52);
        var power = Math.Max(exponent, 1) - 1075;
        return power >= 0 ? new PyDecimal(bits < 0, mantissa << power, 0) : new PyDecimal(bits < 0, mantissa * BigInteger.Pow(5, -power), power);
    }

    private static BigInteger Scale(double value, int digits)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7ff);
        var mantissa = (bits & 0xf_ffff_ffff_ffff) | (exponent == 0 ? 0 : 1L << 52);
        var power = Math.Max(exponent, 1) - 1075;
        var numerator = mantissa * BigInteger.Pow(10, digits);
        if (power >= 0)
        {
            return numerator << power;
        }

        var quotient = BigInteger.DivRem(numerator, BigInteger.One << -power, out var remainder);
        var half = (remainder << 1).CompareTo(BigInteger.One << -power);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
