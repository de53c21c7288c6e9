using System.Globalization;
using System.Numerics;

namespace Recoup.Lakehouse.FlinkSql.Semantics;

/// <summary>Decimals as whole numbers and a scale, with Flink's ways of reading and rounding them.</summary>
internal static class FlinkDecimal
{
    /// <summary>Numbers of up to 18 digits in texts of up to 18 bytes are read by a scanner of Flink's own, longer ones by Java's BigDecimal.</summary>
    private const int ScannerLimit = 18;

    public static bool TryParse(ReadOnlySpan<byte> text, int precision, int scale, out Int128 unscaled) =>
        precision <= ScannerLimit && text.Length <= ScannerLimit
            ? TryScan(text, precision, scale, out unscaled)
            : TryParseBig(System.Text.Encoding.UTF8.GetString(text), precision, scale, out unscaled);

    /// <summary>Rounds half up to the scale; false when the digits are too many.</summary>
    public static bool TryFit(BigInteger unscaled, int fromScale, int precision, int scale, out Int128 result)
    {
        if (scale >= fromScale)
        {
            unscaled *= BigInteger.Pow(10, scale - fromScale);
        }
        else
        {
            unscaled = DivideHalfUp(unscaled, BigInteger.Pow(10, fromScale - scale));
        }

        result = 0;
        if (BigInteger.Abs(unscaled) >= BigInteger.Pow(10, precision))
        {
            return false;
        }

        result = (Int128)unscaled;
        return true;
    }

    public static BigInteger DivideHalfUp(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(BigInteger.Abs(dividend), BigInteger.Abs(divisor), out var rest);
        quotient += rest * 2 >= BigInteger.Abs(divisor) ? 1 : 0;
        return dividend.Sign * divisor.Sign < 0 ? -quotient : quotient;
    }

    public static string Text(Int128 unscaled, int scale)
    {
        var digits = Int128.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var sign = unscaled < 0 ? "-" : string.Empty;
        return scale == 0 ? sign + digits : $"{sign}{digits[..^scale]}.{digits[^scale..]}";
    }

    /// <summary>Java's BigDecimal: a sign, digits of any script, one point, an exponent.</summary>
    public static bool TryParseBigDecimal(string text, out BigInteger unscaled, out int scale)
    {
        unscaled = 0;
        scale = 0;
        var index = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var digits = new System.Text.StringBuilder();
        var seenPoint = false;
        for (; index < text.Length && text[index] is not ('e' or 'E'); index++)
        {
            if (text[index] == '.' && !seenPoint)
            {
                seenPoint = true;
            }
            else if (char.IsDigit(text[index]))
            {
                digits.Append((char)('0' + (int)char.GetNumericValue(text[index])));
                scale += seenPoint ? 1 : 0;
            }
            else
            {
                return false;
            }
        }

        if (digits.Length == 0 || (index < text.Length && !TryReadExponent(text[(index + 1)..], ref scale)))
        {
            return false;
        }

        unscaled = BigInteger.Parse(digits.ToString(), CultureInfo.InvariantCulture) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryReadExponent(string text, ref int scale)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) || text.Length > 11)
        {
            return false;
        }

        var result = (long)scale - exponent;
        scale = (int)Math.Clamp(result, int.MinValue, int.MaxValue);
        return result is > int.MinValue and <= int.MaxValue;
    }

    private static bool TryParseBig(string text, int precision, int scale, out Int128 unscaled)
    {
        unscaled = 0;
        if (!TryParseBigDecimal(text.Trim(' ', '\n', '\t'), out var value, out var ownScale))
        {
            return false;
        }

        // Beyond these the value is zero or has too many digits, and its power of ten need not be built.
        if (value.IsZero || ownScale > 5_000 + scale)
        {
            return value.IsZero || ownScale - scale > text.Length || TryFit(value, ownScale, precision, scale, out unscaled);
        }

        return ownScale >= -100 && TryFit(value, ownScale, precision, scale, out unscaled);
    }

    /// <summary>Any one character may stand behind the digits, and blanks behind that: "1%" is 1, "e3" and "." are 0.</summary>
    private static bool TryScan(ReadOnlySpan<byte> text, int precision, int scale, out Int128 unscaled)
    {
        unscaled = 0;
        var index = 0;
        while (index < text.Length && IsBlank(text[index]))
        {
            index++;
        }

        if (index == text.Length)
        {
            return false;
        }

        var negative = text[index] == '-';
        if ((negative || text[index] == '+') && ++index == text.Length)
        {
            return false;
        }

        if (!TryScanDigits(text, ref index, out var significand, out var length, out var fraction, out var last))
        {
            return false;
        }

        var exponent = -fraction;
        if (index < text.Length && last is (byte)'e' or (byte)'E' && !TryScanExponent(text, ref index, ref exponent))
        {
            return false;
        }

        for (; index < text.Length; index++)
        {
            if (!IsBlank(text[index]))
            {
                return false;
            }
        }

        return TryScale(negative ? -significand : significand, length, exponent + scale, precision, out unscaled);
    }

    private static bool TryScanDigits(ReadOnlySpan<byte> text, ref int index, out long significand, out int length, out int fraction, out byte last)
    {
        significand = 0;
        length = 0;
        last = 0;
        var point = -1;
        while (index < text.Length)
        {
            last = text[index++];
            if (char.IsAsciiDigit((char)last))
            {
                significand = (significand * 10) + (last - '0');
                length++;
            }
            else if (last != '.')
            {
                break;
            }
            else if (point >= 0)
            {
                fraction = 0;
                return false;
            }
            else
            {
                point = length;
            }
        }

        fraction = point < 0 ? 0 : length - point;
        return true;
    }

    private static bool TryScanExponent(ReadOnlySpan<byte> text, ref int index, ref int exponent)
    {
        const int Enough = 40;
        var last = text[index++];
        var negative = last == '-';
        if (negative || last == '+')
        {
            if (index == text.Length)
            {
                return false;
            }

            last = text[index++];
        }

        var value = 0;
        while (char.IsAsciiDigit((char)last))
        {
            value = value < Enough ? (value * 10) + (last - '0') : value;
            if (index == text.Length)
            {
                break;
            }

            last = text[index++];
        }

        exponent += negative ? -value : value;
        return true;
    }

    private static bool TryScale(long significand, int length, int change, int precision, out Int128 unscaled)
    {
        unscaled = 0;
        // Flink's table of powers ends there: what is smaller fails.
        if (length + change > precision || change < -18)
        {
            return false;
        }

        unscaled = change >= 0
            ? (Int128)(significand * BigInteger.Pow(10, change))
            : (Int128)DivideHalfUp(significand, BigInteger.Pow(10, -change));
        return true;
    }

    private static bool IsBlank(byte character) => character is (byte)' ' or (byte)'\n' or (byte)'\t';
}
