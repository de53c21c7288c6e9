using System.Globalization;
using System.Text;
using Recoup.Lakehouse.Dbt.Jinja.Methods;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Formatting;

/// <summary>Python's <c>'{0} {name!r:>5}'.format(...)</c>, in the sandbox.</summary>
internal sealed class BraceFormat
{
    private readonly JinjaArguments _arguments;
    private int _next;
    private bool? _isNumbered;

    private BraceFormat(JinjaArguments arguments) => _arguments = arguments;

    public static string Apply(string format, JinjaArguments arguments) => new BraceFormat(arguments).Format(format, 2);

    private string Format(string format, int depth)
    {
        if (depth < 0)
        {
            throw JinjaException.Runtime("Max string recursion exceeded");
        }

        var text = new StringBuilder();
        for (var position = 0; position < format.Length; position++)
        {
            var character = format[position];
            if (character is '{' or '}' && position + 1 < format.Length && format[position + 1] == character)
            {
                text.Append(character);
                position++;
            }
            else if (character == '{')
            {
                var end = End(format, position);
                text.Append(Field(format[(position + 1)..end], depth));
                position = end;
            }
            else
            {
                text.Append(character != '}' ? character : throw JinjaException.Runtime("Single '}' encountered in format string"));
            }
        }

        return text.ToString();
    }

    private static int End(string format, int start)
    {
        var depth = 0;
        for (var position = start; position < format.Length; position++)
        {
            depth += format[position] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return position;
            }
        }

        throw JinjaException.Runtime(start + 1 == format.Length ? "Single '{' encountered in format string" : "expected '}' before end of string");
    }

    private string Field(string field, int depth)
    {
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? field : field[..colon];
        var conversion = name.IndexOf('!', StringComparison.Ordinal);
        var value = Value(conversion < 0 ? name : name[..conversion]);
        var converted = (conversion < 0 ? "" : name[(conversion + 1)..]) switch
        {
            "" when conversion < 0 => value,
            "s" => PyValue.Text(value),
            "r" => PyValue.Repr(value),
            "a" => throw JinjaException.Unsupported("the conversion '!a'"),
            var other => throw JinjaException.Runtime($"Unknown conversion specifier {other}"),
        };
        // Fields within the specification are numbered after the field itself.
        return ValueFormat.Apply(converted, colon < 0 ? "" : Format(field[(colon + 1)..], depth - 1));
    }

    private object? Value(string path)
    {
        var end = path.IndexOfAny(['.', '[']);
        var value = First(end < 0 ? path : path[..end]);
        var rest = end < 0 ? "" : path[end..];
        while (rest.Length > 0)
        {
            (value, rest) = rest[0] == '[' ? Item(value, rest) : Attribute(value, rest[1..]);
        }

        return value;
    }

    private object? First(string name)
    {
        if (name.Length > 0 && !name.All(char.IsAsciiDigit))
        {
            return _arguments.Keywords.TryGetValue(name, out var given) ? given : throw JinjaException.Runtime($"'{name}'");
        }

        var isNumbered = name.Length > 0;
        if (_isNumbered is { } before && before != isNumbered)
        {
            throw JinjaException.Runtime("cannot switch from manual field specification to automatic field numbering");
        }

        _isNumbered = isNumbered;
        var index = isNumbered ? int.Parse(name, CultureInfo.InvariantCulture) : _next++;
        return index < _arguments.Positional.Count
            ? _arguments.Positional[index]
            : throw JinjaException.Runtime($"Replacement index {index} out of range for positional args tuple");
    }

    private static (object? Value, string Remaining) Item(object? value, string rest)
    {
        var end = rest.IndexOf(']', StringComparison.Ordinal);
        if (end < 2)
        {
            throw JinjaException.Runtime(end < 0 ? "Missing ']' in format string" : "Empty attribute in format string");
        }

        var key = rest[1..end];
        object index = key.All(char.IsAsciiDigit) ? long.Parse(key, CultureInfo.InvariantCulture) : key;
        return (PyAttributes.Item(value, index), rest[(end + 1)..]);
    }

    private static (object? Value, string Remaining) Attribute(object? value, string rest)
    {
        var end = rest.IndexOfAny(['.', '[']);
        return (PyAttributes.Get(value, end < 0 ? rest : rest[..end]), end < 0 ? "" : rest[end..]);
    }
}
