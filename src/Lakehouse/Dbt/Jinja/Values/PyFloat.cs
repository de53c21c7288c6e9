using System.Globalization;
using System.Numerics;

namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Python's floats, as text and from text.</summary>
internal static class PyFloat
{
    /// <summary>The shortest text that reads back as the same number, as Python writes it: <c>1.0</c>, <c>1e+16</c>, <c>0.0001</c>.</summary>
    public static string Repr(double value)
    {
        if (double.IsNaN(value))
        {
            return "nan";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "inf" : "-inf";
        }

        var sign = double.IsNegative(value) ? "-" : "";
        var (digits, exponent) = Shortest(Math.Abs(value));
        return sign + (exponent is < -4 or >= 16 ? Scientific(digits, exponent) : Positional(digits, exponent));
    }

    /// <summary>An int, a bool or a float as a double.</summary>
    public static bool TryGet(object? value, out double number)
    {
        number = value switch
        {
            double real => real,
            long integer => integer,
            bool flag => flag ? 1 : 0,
            BigInteger big => Nearest(big),
            _ => 0,
        };
        return value is double or long or bool or BigInteger;
    }

    /// <summary>The double next to an int; a conversion of .NET's cuts towards zero.</summary>
    public static double Nearest(BigInteger number) => BigInteger.Abs(number) <= 1L << 53 ? (double)number
        : double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) is var real && double.IsFinite(real) ? real
        : throw JinjaException.Runtime("int too large to convert to float");

    /// <summary>Python's <c>float(text)</c>.</summary>
    public static bool TryParse(string text, out double number)
    {
        var trimmed = PyText.Trim(text);
        number = trimmed.TrimStart('+', '-').ToLowerInvariant() switch
        {
            "inf" or "infinity" => double.PositiveInfinity,
            "nan" => double.NaN,
            _ => 0,
        };
        if (number != 0 && trimmed.Count(character => character is '+' or '-') <= 1)
        {
            number = trimmed[0] == '-' ? -number : number;
            return true;
        }

        var isSpaced = trimmed.StartsWith('_') || trimmed.EndsWith('_') || trimmed.Contains("__", StringComparison.Ordinal);
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(trimmed.Replace("_", "", StringComparison.Ordinal), Style, CultureInfo.InvariantCulture, out number) && !isSpaced && trimmed.Any(char.IsAsciiDigit);
    }

    /// <summary>Significant digits, and the power of ten of the first.</summary>
    public static (string Digits, int Exponent) Shortest(double value)
    {
        var parts = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var exponent = (point < 0 ? all.Length : point) - (all.Length - digits.Length) - 1
            + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        return digits.Length == 0 ? ("0", 0) : (digits.TrimEnd('0'), exponent);
    }

    public static string Scientific(string digits, int exponent)
    {
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static string Positional(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        return digits.Length <= exponent + 1
            ? digits.PadRight(exponent + 1, '0') + ".0"
            : digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }
}
