using System.Globalization;
using System.Numerics;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Formatting;

/// <summary>Numbers in the ways that both of Python's format languages know: <c>f e g %</c> and the bases of ints.</summary>
internal static class NumberFormat
{
    /// <summary>Digits of a number that is not negative.</summary>
    /// <param name="type">One of <c>f F e E g G %</c>.</param>
    public static string Float(double value, char type, int precision, bool isAlternate)
    {
        if (!double.IsFinite(value))
        {
            var name = double.IsNaN(value) ? "nan" : "inf";
            return (char.IsUpper(type) ? name.ToUpperInvariant() : name) + (type == '%' ? "%" : "");
        }

        return type switch
        {
            'f' or 'F' => Fixed(value, precision) + (isAlternate && precision == 0 ? "." : ""),
            'e' => Exponential(value, precision),
            'E' => Exponential(value, precision).ToUpperInvariant(),
            'g' => General(value, precision, isAlternate),
            'G' => General(value, precision, isAlternate).ToUpperInvariant(),
            _ => Fixed(value * 100, precision) + "%",
        };
    }

    /// <summary>Digits of an int that is not negative.</summary>
    /// <param name="type">One of <c>d x X o b</c>.</param>
    public static string Int(BigInteger value, char type) => type switch
    {
        'x' => Radix(value, 16),
        'X' => Radix(value, 16).ToUpperInvariant(),
        'o' => Radix(value, 8),
        'b' => Radix(value, 2),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Separates the digits before the point (or end) in groups.</summary>
    public static string Group(string digits, char separator, int size)
    {
        var end = digits.IndexOfAny(['.', 'e', 'E', '%']);
        var whole = end < 0 ? digits : digits[..end];
        for (var position = whole.Length - size; position > 0; position -= size)
        {
            whole = whole.Insert(position, separator.ToString());
        }

        return end < 0 ? whole : whole + digits[end..];
    }

    /// <summary>A number that is not negative, with so many digits after the point.</summary>
    public static string Fixed(double value, int precision) => ExactDecimal.Round(value, precision);

    private static string Exponential(double value, int precision)
    {
        var text = value.ToString($"e{precision}", CultureInfo.InvariantCulture);
        var mark = text.IndexOf('e', StringComparison.Ordinal);
        var exponent = int.Parse(text[(mark + 1)..], CultureInfo.InvariantCulture);
        return $"{text[..mark]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static string General(double value, int precision, bool isAlternate)
    {
        var digits = Math.Max(1, precision);
        var scientific = Exponential(value, digits - 1);
        var mark = scientific.IndexOf('e', StringComparison.Ordinal);
        var exponent = value == 0 ? 0 : int.Parse(scientific[(mark + 1)..], CultureInfo.InvariantCulture);
        return exponent < -4 || exponent >= digits
            ? Shorten(scientific[..mark], isAlternate) + scientific[mark..]
            : Shorten(Fixed(value, Math.Max(0, digits - 1 - exponent)), isAlternate);
    }

    private static string Shorten(string digits, bool isAlternate) =>
        isAlternate || !digits.Contains('.') ? digits : digits.TrimEnd('0').TrimEnd('.');

    private static string Radix(BigInteger value, int radix)
    {
        if (value.IsZero)
        {
            return "0";
        }

        var digits = new Stack<char>();
        for (; value > 0; value /= radix)
        {
            digits.Push("0123456789abcdef"[(int)(value % radix)]);
        }

        return string.Concat(digits);
    }
}
