using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Semantics;

namespace Recoup.Lakehouse.Dbt.Dialect.Native;

/// <summary>Numbers and truth values in the forms that Trino's casts from text take; blanks around them do not count.</summary>
internal static partial class TrinoTexts
{
    public static bool TryInteger(string text, long lowest, long highest, out long value)
    {
        value = 0;
        CheckDigits(text);
        return IntegerPattern().IsMatch(Trimmed(text))
            && long.TryParse(Trimmed(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && value >= lowest && value <= highest;
    }

    public static bool TryDouble(string text, out double value)
    {
        var trimmed = Trimmed(text);
        if (JavaNumberPattern().IsMatch(trimmed))
        {
            throw new FlinkValueException("L04: a text is a number in Java's own spelling, which is not read here");
        }

        value = trimmed switch { "NaN" => double.NaN, "Infinity" or "+Infinity" => double.PositiveInfinity, "-Infinity" => double.NegativeInfinity, _ => 0 };
        return value != 0 || (NumberPattern().IsMatch(trimmed) && double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out value));
    }

    public static bool TryBoolean(string text, out bool value)
    {
        value = text.ToLowerInvariant() is "t" or "true" or "1";
        return value || text.ToLowerInvariant() is "f" or "false" or "0";
    }

    /// <summary>The decimal's text with just so many digits behind the point, rounded half up.</summary>
    public static string? Decimal(string text, int precision, int scale)
    {
        var trimmed = Trimmed(text);
        CheckDigits(text);
        if (trimmed.Length != text.Length && NumberPattern().IsMatch(trimmed))
        {
            throw new FlinkValueException("L04: a text for a decimal has blanks around it, which Trino refuses in some versions; trim it first");
        }

        if (!NumberPattern().IsMatch(trimmed) || !FlinkDecimal.TryParseBigDecimal(trimmed, out var unscaled, out var found) || Math.Abs(found) > 1000)
        {
            return null;
        }

        return FlinkDecimal.TryFit(unscaled, found, precision, scale, out var result) ? Layout(result, scale) : null;
    }

    public static string Layout(BigInteger unscaled, int scale)
    {
        var digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(unscaled.Sign < 0 ? "-" : "")}{digits[..^scale]}{(scale == 0 ? "" : ".")}{digits[^scale..]}";
    }

    /// <summary>A decimal as DuckDB prints it, as a whole number and the digits behind its point.</summary>
    public static (BigInteger Unscaled, int Scale) Split(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return (BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), point < 0 ? 0 : text.Length - point - 1);
    }

    /// <summary>A double as Trino prints it: always with an exponent, as in <c>1.5E0</c>.</summary>
    public static string Text(double value)
    {
        if (!double.IsFinite(value) || value == 0)
        {
            return double.IsNaN(value) ? "NaN" : value == 0 ? (double.IsNegative(value) ? "-0E0" : "0E0") : value > 0 ? "Infinity" : "-Infinity";
        }

        var shortest = value.ToString("E16", CultureInfo.InvariantCulture);
        for (var digits = 1; digits <= 16 && double.Parse(shortest, CultureInfo.InvariantCulture) == value; digits++)
        {
            var candidate = value.ToString($"E{digits}", CultureInfo.InvariantCulture);
            if (double.Parse(candidate, CultureInfo.InvariantCulture) == value)
            {
                shortest = candidate;
                break;
            }
        }

        var mark = shortest.IndexOf('E', StringComparison.Ordinal);
        var mantissa = shortest[..mark];
        return $"{mantissa}E{int.Parse(shortest.AsSpan(mark + 1), CultureInfo.InvariantCulture)}";
    }

    /// <summary>Java reads the digits of other scripts too.</summary>
    private static void CheckDigits(string text)
    {
        if (text.Any(sign => sign > '9' && char.IsDigit(sign)))
        {
            throw new FlinkValueException("L04: a text has digits of another script, which Trino may read and which are not read here");
        }
    }

    /// <summary>Java's trim: all up to the blank.</summary>
    private static string Trimmed(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && text[start] <= ' ')
        {
            start++;
        }

        while (end > start && text[end - 1] <= ' ')
        {
            end--;
        }

        return text[start..end];
    }

    [GeneratedRegex(@"\A[+-]?((\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|NaN|Infinity)[dDfF]\z|\A[+-]NaN\z|\A[+-]?0[xX]")]
    private static partial Regex JavaNumberPattern();

    [GeneratedRegex(@"\A[+-]?[0-9]+\z")]
    private static partial Regex IntegerPattern();

    [GeneratedRegex(@"\A[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\z")]
    private static partial Regex NumberPattern();
}
