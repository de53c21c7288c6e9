using System.Globalization;
using System.Numerics;

namespace Recoup.Lakehouse.Iceberg.Partitioning;

/// <summary>Numbers as Java prints them, which partition paths of every engine follow.</summary>
internal static class JavaNumber
{
    private const int SmallestPlainExponent = -6;

    /// <summary>As BigDecimal.toString: plain down to 0.000001, scientific below.</summary>
    public static string Text(BigInteger unscaled, int scale)
    {
        var digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture);
        var exponent = digits.Length - 1 - scale;
        var sign = unscaled.Sign < 0 ? "-" : "";
        if (exponent >= SmallestPlainExponent)
        {
            var padded = digits.PadLeft(scale + 1, '0');
            return sign + (scale is 0 ? padded : $"{padded[..^scale]}.{padded[^scale..]}");
        }

        var mantissa = digits.Length is 1 ? digits : $"{digits[..1]}.{digits[1..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{mantissa}E{exponent}");
    }

    /// <summary>As Double.toString: plain from 0.001 to 10,000,000, always with a fraction.</summary>
    public static string Text(double value) =>
        Text(value, value.ToString("E16", CultureInfo.InvariantCulture), Shortest(value.ToString("R", CultureInfo.InvariantCulture), value.ToString("E1", CultureInfo.InvariantCulture),
            text => double.Parse(text, CultureInfo.InvariantCulture).Equals(value)));

    public static string Text(float value) =>
        Text(value, value.ToString("E8", CultureInfo.InvariantCulture), Shortest(value.ToString("R", CultureInfo.InvariantCulture), value.ToString("E1", CultureInfo.InvariantCulture),
            text => float.Parse(text, CultureInfo.InvariantCulture).Equals(value)));

    /// <summary>Java gives two digits where one would do, if two come closer (4.9E-324, not 5E-324).</summary>
    private static string Shortest(string shortest, string twoDigits, Func<string, bool> isSame) =>
        shortest.Count(char.IsAsciiDigit) is 1 || shortest.Split('E')[0].Count(char.IsAsciiDigit) is 1 && isSame(twoDigits) ? twoDigits : shortest;

    private static string Text(double value, string scientific, string shortest)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        }

        var sign = double.IsNegative(value) ? "-" : "";
        var digits = Digits(shortest);
        if (value is 0)
        {
            return sign + "0.0";
        }

        var exponent = int.Parse(scientific.Split('E')[1], CultureInfo.InvariantCulture);
        if (exponent is < -3 or >= 7)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}.{(digits.Length > 1 ? digits[1..] : "0")}E{exponent}");
        }

        var whole = exponent < 0 ? "0" : digits.PadRight(exponent + 1, '0')[..(exponent + 1)];
        var fraction = exponent < 0 ? new string('0', -exponent - 1) + digits : digits.Length > exponent + 1 ? digits[(exponent + 1)..] : "0";
        return $"{sign}{whole}.{fraction}";
    }

    /// <summary>The significant digits, without zeros at either end.</summary>
    private static string Digits(string text) => string.Concat(text.Split('E')[0].Where(char.IsAsciiDigit)).TrimStart('0').TrimEnd('0');
}
