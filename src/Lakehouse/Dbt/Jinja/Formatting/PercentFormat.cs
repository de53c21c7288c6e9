using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Formatting;

/// <summary>Python's <c>'%s-%05.2f' % values</c>.</summary>
internal sealed partial class PercentFormat
{
    private readonly object? _given;
    private readonly IReadOnlyList<object?> _values;
    private int _next;
    private bool _usedNames;

    private PercentFormat(object? given)
    {
        _given = given;
        _values = given is PyTuple tuple ? tuple.Items : [given];
    }

    public static string Apply(string format, object? values)
    {
        var formatter = new PercentFormat(values);
        var text = new StringBuilder();
        var position = 0;
        while (format.IndexOf('%', position) is >= 0 and var found)
        {
            text.Append(format, position, found - position);
            var match = Specifier().Match(format, found);
            text.Append(match.Success ? formatter.Convert(match) : throw JinjaException.Runtime("incomplete format"));
            position = found + match.Length;
        }

        text.Append(format, position, format.Length - position);
        formatter.CheckAllUsed();
        return text.ToString();
    }

    [GeneratedRegex(@"\G%(\((?<key>[^)]*)\))?(?<flags>[-+ #0]*)(?<width>\*|\d{0,6})(\.(?<precision>\*|\d{0,6}))?[hlL]?(?<type>.)", RegexOptions.Singleline)]
    private static partial Regex Specifier();

    private void CheckAllUsed()
    {
        if (!_usedNames && _next < _values.Count && _given is not (PyDict or PyList or PyRange or PyBytes or JinjaMapping or JinjaUndefined))
        {
            throw JinjaException.Runtime("not all arguments converted during string formatting");
        }
    }

    private string Convert(Match match)
    {
        var type = match.Groups["type"].Value[0];
        if (type == '%')
        {
            return "%";
        }

        var key = match.Groups["key"].Success ? match.Groups["key"].Value : null;
        var width = Count(match.Groups["width"].Value) ?? 0;
        var precision = match.Groups["precision"].Success ? Count(match.Groups["precision"].Value) ?? 0 : (int?)null;
        var flags = match.Groups["flags"].Value + (width < 0 ? "-" : "");
        var (sign, body) = Body(type, key is null ? Take() : Named(key), flags, precision);
        return Pad(sign, body, flags, Math.Abs(width), type is not ('s' or 'r' or 'c'));
    }

    private int? Count(string text) => text switch
    {
        "" => null,
        "*" => PyInt.Small(Take()),
        _ => int.Parse(text, CultureInfo.InvariantCulture),
    };

    private object? Take() => _next < _values.Count ? _values[_next++] : throw JinjaException.Runtime("not enough arguments for format string");

    private object? Named(string key)
    {
        _usedNames = true;
        return (_given as PyDict ?? throw JinjaException.Runtime("format requires a mapping")).TryGetValue(key, out var value)
            ? value
            : throw JinjaException.Runtime(PyValue.Repr(key));
    }

    private static (string Sign, string Body) Body(char type, object? value, string flags, int? precision) => type switch
    {
        's' => ("", Cut(PyValue.Text(value), precision)),
        'r' => ("", Cut(PyValue.Repr(value), precision)),
        'd' or 'i' or 'u' => Int(Whole(value, type), 'd', flags, precision),
        'x' or 'X' or 'o' => Int(Exact(value, type), type, flags, precision),
        'f' or 'F' or 'e' or 'E' or 'g' or 'G' => Float(Real(value), type, flags, precision),
        'c' or 'a' => throw JinjaException.Unsupported($"the format '%{type}'"),
        _ => throw JinjaException.Runtime($"unsupported format character '{type}' (0x{(int)type:x})"),
    };

    private static string Cut(string text, int? precision) =>
        precision is { } length ? (string)new PySlice(null, (long)length, null).Of(text)! : text;

    private static (string Sign, string Body) Int(BigInteger number, char type, string flags, int? precision)
    {
        var digits = NumberFormat.Int(BigInteger.Abs(number), type).PadLeft(precision ?? 0, '0');
        var prefix = flags.Contains('#') && type != 'd' ? "0" + type : "";
        return (Sign(number.Sign < 0, flags) + prefix, digits);
    }

    private static (string Sign, string Body) Float(double number, char type, string flags, int? precision) =>
        (Sign(double.IsNegative(number), flags), NumberFormat.Float(Math.Abs(number), type, precision ?? 6, flags.Contains('#')));

    private static string Sign(bool isNegative, string flags) => isNegative ? "-" : flags.Contains('+') ? "+" : flags.Contains(' ') ? " " : "";

    private static BigInteger Whole(object? value, char type) => value switch
    {
        double number when double.IsFinite(number) => new BigInteger(number),
        PyDecimal number => number.Truncate(),
        _ when PyInt.TryGet(value, out var number) => number,
        _ => throw JinjaException.Runtime($"%{type} format: a real number is required, not {PyType.NameOf(value)}"),
    };

    private static BigInteger Exact(object? value, char type) => PyInt.TryGet(value, out var number)
        ? number
        : throw JinjaException.Runtime($"%{type} format: an integer is required, not {PyType.NameOf(value)}");

    private static double Real(object? value) => value is PyDecimal exact ? exact.ToDouble()
        : PyFloat.TryGet(value, out var number) ? number
        : throw JinjaException.Runtime($"must be real number, not {PyType.NameOf(value)}");

    private static string Pad(string sign, string body, string flags, int width, bool isNumber)
    {
        var missing = Math.Max(0, width - PyText.Length(sign + body));
        if (flags.Contains('-'))
        {
            return sign + body + new string(' ', missing);
        }

        return isNumber && flags.Contains('0')
            ? sign + new string('0', missing) + body
            : new string(' ', missing) + sign + body;
    }
}
