using System.Globalization;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Formatting;

/// <summary>How Python writes a Decimal: all its digits, with an exponent where the point would stand far from them.</summary>
internal static class DecimalText
{
    public static string Of(PyDecimal value)
    {
        var digits = value.Digits.ToString(CultureInfo.InvariantCulture);
        var left = digits.Length + value.Exponent;
        var isPlain = value.Exponent <= 0 && left > -6;
        var exponent = isPlain ? "" : $"E{(left - 1 < 0 ? "-" : "+")}{Math.Abs(left - 1).ToString(CultureInfo.InvariantCulture)}";
        return $"{(value.IsNegative ? "-" : "")}{Pointed(digits, isPlain ? left : 1)}{exponent}";
    }

    /// <summary><c>format(value, '.2f')</c> and its like, with a sign, groups and a width.</summary>
    public static string Format(PyDecimal value, string source)
    {
        if (FormatSpec.Parse(source) is not { Type: 'f' or 'F', IsAlternate: false } spec || (spec.Grouping != '\0' && spec.Grouping != ',') || (spec.Grouping != '\0' && spec.Align == '='))
        {
            throw JinjaException.Unsupported($"the format '{source}' on a Decimal");
        }

        var places = spec.Precision ?? Math.Max(0, -value.Exponent);
        var rounded = DecimalArithmetic.Round(value, places);
        var digits = Pointed(rounded.Digits.ToString(CultureInfo.InvariantCulture), rounded.Digits.ToString(CultureInfo.InvariantCulture).Length - places);
        var sign = value.IsNegative ? "-" : spec.Sign is '+' or ' ' ? spec.Sign.ToString() : "";
        return spec.Pad(sign + (spec.Grouping == ',' ? NumberFormat.Group(digits, ',', 3) : digits), '>', sign.Length);
    }

    private static string Pointed(string digits, int before) =>
        before <= 0 ? $"0.{new string('0', -before)}{digits}"
        : before >= digits.Length ? digits + new string('0', before - digits.Length)
        : $"{digits[..before]}.{digits[before..]}";
}
