using System.Globalization;
using System.Numerics;
using System.Text;

namespace Recoup.Lakehouse.FlinkSql.Semantics;

/// <summary>
/// The text of a DOUBLE or FLOAT as Java before 19 prints it, which is not always the shortest (2^-44 has a digit more).
/// Flink 2.x runs on Java 11 to 21; the golden values are those of 17.
/// </summary>
internal static class JavaFloatingText
{
    private const int FractionBits = 52;
    private const double DigitsPerBit = 0.301029995663981;

    public static string Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return Of(value, bits & 0xFFFFFFFFFFFFFL, (int)((bits >> FractionBits) & 0x7FF), 0x7FF, 1023, 53);
    }

    public static string Of(float value)
    {
        var bits = BitConverter.SingleToInt32Bits(value);
        return Of(value, (long)(bits & 0x7FFFFF) << 29, (bits >> 23) & 0xFF, 0xFF, 127, 24);
    }

    private static string Of(double value, long fraction, int exponent, int specialExponent, int bias, int significantBits)
    {
        var sign = double.IsNegative(value) ? "-" : string.Empty;
        if (exponent == specialExponent)
        {
            return double.IsNaN(value) ? "NaN" : $"{sign}Infinity";
        }

        if (value == 0)
        {
            return $"{sign}0.0";
        }

        if (exponent == 0)
        {
            // A number too small for a hidden bit: shift until its first bit stands there.
            var shift = BitOperations.LeadingZeroCount((ulong)fraction) - (63 - FractionBits);
            fraction <<= shift;
            exponent = 1 - shift;
            significantBits = significantBits == 24 ? 24 - shift : 53 - shift;
        }
        else
        {
            fraction |= 1L << FractionBits;
        }

        var (digits, decimalExponent) = Develop(exponent - bias, fraction, significantBits);
        return sign + Layout(digits, decimalExponent);
    }

    /// <summary>The digits and where the point stands: 0.d1d2d3... times ten to the exponent.</summary>
    private static (string Digits, int Exponent) Develop(int binaryExponent, long fraction, int significantBits)
    {
        var tailZeros = BitOperations.TrailingZeroCount(fraction);
        var usedBits = FractionBits + 1 - tailZeros;
        var tinyBits = Math.Max(0, usedBits - binaryExponent - 1);
        if (binaryExponent is >= -21 and <= 62 && tinyBits == 0 && usedBits < 64)
        {
            var insignificant = binaryExponent > significantBits ? InsignificantDigits(binaryExponent - significantBits - 1) : 0;
            var whole = binaryExponent >= FractionBits ? fraction << (binaryExponent - FractionBits) : fraction >> (FractionBits - binaryExponent);
            return DevelopWhole(whole, insignificant);
        }

        return DevelopFraction(binaryExponent, fraction >> tailZeros, significantBits, usedBits, tinyBits, Estimate(fraction, binaryExponent));
    }

    private static int InsignificantDigits(int power) => power is > 1 and < 64 ? (int)(power * DigitsPerBit) : 0;

    private static int Estimate(long fraction, int binaryExponent)
    {
        var mantissa = BitConverter.Int64BitsToDouble((1023L << FractionBits) | (fraction & 0xFFFFFFFFFFFFFL));
        return (int)Math.Floor(((mantissa - 1.5) * 0.289529654) + 0.176091259 + (binaryExponent * DigitsPerBit));
    }

    private static (string Digits, int Exponent) DevelopWhole(long whole, int insignificant)
    {
        if (insignificant > 0)
        {
            var power = (long)BigInteger.Pow(10, insignificant);
            var residue = whole % power;
            whole /= power;
            whole += residue >= power >> 1 ? 1 : 0;
        }

        var text = whole.ToString(CultureInfo.InvariantCulture);
        return (text.TrimEnd('0'), text.Length + insignificant);
    }

    private static (string Digits, int Exponent) DevelopFraction(
        int binaryExponent, long fraction, int significantBits, int usedBits, int tinyBits, int decimalExponent)
    {
        var five = Math.Max(0, -decimalExponent);
        var two = five + tinyBits + binaryExponent;
        var scaleFive = Math.Max(0, decimalExponent);
        var scaleTwo = scaleFive + tinyBits;
        var marginTwo = two - significantBits;
        two -= usedBits - 1;
        var common = Math.Min(two, scaleTwo);
        two -= common;
        scaleTwo -= common;
        marginTwo -= common;
        marginTwo -= usedBits == 1 ? 1 : 0;
        if (marginTwo < 0)
        {
            two -= marginTwo;
            scaleTwo -= marginTwo;
            marginTwo = 0;
        }

        var value = fraction * BigInteger.Pow(5, five) << two;
        var scale = BigInteger.Pow(5, scaleFive) << scaleTwo;
        var margin = BigInteger.Pow(5, five) << marginTwo;
        return Divide(value, scale, margin, decimalExponent);
    }

    private static (string Digits, int Exponent) Divide(BigInteger value, BigInteger scale, BigInteger margin, int decimalExponent)
    {
        var digits = new StringBuilder();
        var tens = scale * 10;
        bool low, high;
        void Step()
        {
            var digit = (int)BigInteger.DivRem(value, scale, out value);
            value *= 10;
            margin *= 10;
            low = value < margin;
            high = value + margin > tens;
            digits.Append((char)('0' + digit));
        }

        Step();
        if (digits[0] == '0' && !high)
        {
            decimalExponent--;
            digits.Clear();
        }

        if (decimalExponent is < -3 or >= 8)
        {
            low = high = false;
        }

        while (!low && !high)
        {
            Step();
        }

        var difference = (value * 2) - tens;
        var isUp = high && (!low || difference.Sign > 0 || (difference.IsZero && (digits[^1] & 1) != 0));
        return isUp ? RoundUp(digits, decimalExponent + 1) : (digits.ToString(), decimalExponent + 1);
    }

    private static (string Digits, int Exponent) RoundUp(StringBuilder digits, int exponent)
    {
        var index = digits.Length - 1;
        while (index > 0 && digits[index] == '9')
        {
            digits[index--] = '0';
        }

        if (digits[index] == '9')
        {
            digits[0] = '1';
            return (digits.ToString(), exponent + 1);
        }

        digits[index]++;
        return (digits.ToString(), exponent);
    }

    private static string Layout(string digits, int exponent)
    {
        if (exponent is > 0 and < 8)
        {
            var whole = digits.Length <= exponent ? digits.PadRight(exponent, '0') : digits[..exponent];
            var rest = digits.Length <= exponent ? "0" : digits[exponent..];
            return $"{whole}.{rest}";
        }

        if (exponent is <= 0 and > -3)
        {
            return $"0.{new string('0', -exponent)}{digits}";
        }

        var tail = digits.Length > 1 ? digits[1..] : "0";
        return $"{digits[0]}.{tail}E{(exponent - 1).ToString(CultureInfo.InvariantCulture)}";
    }
}
