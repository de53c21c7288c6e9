using System.Numerics;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Formatting;

/// <summary>Python's <c>format(value, spec)</c>.</summary>
internal static class ValueFormat
{
    public static string Apply(object? value, string spec)
    {
        if (value is IPyFormattable formattable)
        {
            return spec.Length == 0 ? value.ToString()! : formattable.Format(spec);
        }

        if (spec.Length == 0)
        {
            return PyValue.Text(value);
        }

        if (value is double && spec.Contains('z'))
        {
            throw JinjaException.Unsupported("the format option 'z'");
        }

        var parsed = FormatSpec.Parse(spec) ?? throw Invalid(spec, value);
        return value switch
        {
            string text => Text(text, parsed, spec),
            double number => Float(number, parsed, spec),
            bool flag when parsed.Type == '\0' && parsed.Width > 0 => Int(flag ? 1 : 0, parsed, spec),
            _ when PyInt.TryGet(value, out var number) => Int(number, parsed, spec),
            PyMarkup => throw JinjaException.Unsupported("formatting text that was marked safe"),
            _ => throw JinjaException.Runtime($"unsupported format string passed to {PyType.NameOf(value)}.__format__"),
        };
    }

    private static string Text(string text, FormatSpec spec, string source)
    {
        if (spec.Type is not ('\0' or 's') || spec.Sign != '\0' || spec.Grouping != '\0' || (spec.Align == '=' && spec.Fill != "0") || spec.IsAlternate)
        {
            throw Invalid(source, text);
        }

        var cut = spec.Precision is { } length ? (string)new PySlice(null, (long)length, null).Of(text)! : text;
        return spec.Align == '=' ? (spec with { Align = '<' }).Pad(cut, '<') : spec.Pad(cut, '<');
    }

    private static string Int(BigInteger number, FormatSpec spec, string source)
    {
        if (spec.Type is 'f' or 'F' or 'e' or 'E' or 'g' or 'G' or '%')
        {
            return Float(PyFloat.Nearest(number), spec, source);
        }

        if (spec.Type is not ('\0' or 'd' or 'x' or 'X' or 'o' or 'b') || spec.Precision is not null)
        {
            throw spec.Type is 'c' or 'n' ? JinjaException.Unsupported($"the format type '{spec.Type}'") : Invalid(source, number);
        }

        if (spec.Grouping == ',' && spec.Type is not ('\0' or 'd'))
        {
            throw JinjaException.Runtime($"Cannot specify ',' with '{spec.Type}'.");
        }

        var digits = NumberFormat.Int(BigInteger.Abs(number), spec.Type);
        var prefix = spec.IsAlternate && spec.Type is not ('\0' or 'd') ? "0" + spec.Type : "";
        return Signed(digits, prefix, number.Sign < 0, spec, spec.Type is '\0' or 'd' ? 3 : 4);
    }

    private static string Float(double number, FormatSpec spec, string source)
    {
        if (spec.Type is not ('\0' or 'f' or 'F' or 'e' or 'E' or 'g' or 'G' or '%'))
        {
            throw spec.Type == 'n' ? JinjaException.Unsupported("the format type 'n'") : Invalid(source, number);
        }

        var magnitude = Math.Abs(number);
        var digits = spec.Type == '\0' ? Plain(magnitude, spec) : NumberFormat.Float(magnitude, spec.Type, spec.Precision ?? 6, spec.IsAlternate);
        return Signed(digits, "", double.IsNegative(number), spec, 3);
    }

    /// <summary>Without a type a float is written as <c>str</c> writes it, or with so many digits, but never as an int.</summary>
    private static string Plain(double number, FormatSpec spec)
    {
        if (spec.Precision is not { } precision)
        {
            return PyFloat.Repr(number);
        }

        var digits = NumberFormat.Float(number, 'g', precision, false);
        return digits.All(char.IsAsciiDigit)
            ? digits.Length < Math.Max(1, precision) || precision == 0 ? digits + ".0" : throw JinjaException.Unsupported("a float format with a precision and no type")
            : digits;
    }

    private static string Signed(string digits, string prefix, bool isNegative, FormatSpec spec, int groupSize)
    {
        var sign = isNegative ? "-" : spec.Sign is '+' or ' ' ? spec.Sign.ToString() : "";
        if (spec.Grouping != '\0' && spec.Align == '=' && spec.Fill == "0" && spec.Width > digits.Length)
        {
            throw JinjaException.Unsupported("filling a grouped number with zeros");
        }

        var grouped = spec.Grouping == '\0' ? digits : NumberFormat.Group(digits, spec.Grouping, groupSize);
        return spec.Pad(sign + prefix + grouped, '>', sign.Length + prefix.Length);
    }

    private static JinjaException Invalid(string spec, object? value) =>
        JinjaException.Runtime($"Invalid format specifier '{spec}' for object of type '{PyType.NameOf(value)}'");
}
