using System.Globalization;
using System.Numerics;
using System.Text;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Json;

/// <summary>Python's <c>json.dumps</c>: ASCII only, a space after commas and colons.</summary>
/// <param name="isSorted">Keys in order.</param>
/// <param name="indentation">Text for each level; null for one line.</param>
internal sealed class JsonWriter(bool isSorted, string? indentation = null)
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>The indentation that an argument <c>indent</c> asks for.</summary>
    public static string? Indentation(object? indent) => indent switch
    {
        null => null,
        string text => text,
        _ => new string(' ', Math.Max(0, PyInt.Small(indent))),
    };

    /// <exception cref="JinjaException">JSON has no such value.</exception>
    public string Write(object? value)
    {
        Append(value);
        return _text.ToString();
    }

    private void Append(object? value)
    {
        switch (value)
        {
            case PyDict dict:
                Container('{', '}', Sorted(dict), AppendEntry);
                break;
            case PyList list:
                Container('[', ']', list, Append);
                break;
            case PyTuple tuple:
                Container('[', ']', tuple.Items, Append);
                break;
            default:
                _text.Append(Scalar(value));
                break;
        }
    }

    private static string Scalar(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string or PyMarkup => Quote(PyValue.Text(value)),
        long or BigInteger => PyValue.Text(value),
        double number => Number(number),
        _ => throw JinjaException.Runtime($"Object of type {PyType.NameOf(value).Split('.')[^1]} is not JSON serializable"),
    };

    private void Container<T>(char open, char close, IReadOnlyCollection<T> items, Action<T> append)
    {
        if (++_depth > 900)
        {
            throw JinjaException.Runtime("Circular reference detected");
        }

        _text.Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            _text.Append(isFirst ? "" : indentation is null ? ", " : ",");
            NewLine();
            append(item);
            isFirst = false;
        }

        _depth--;
        if (!isFirst)
        {
            NewLine();
        }

        _text.Append(close);
    }

    private void NewLine()
    {
        if (indentation is not null)
        {
            _text.Append('\n').Insert(_text.Length, indentation, _depth);
        }
    }

    private KeyValuePair<object?, object?>[] Sorted(PyDict dict) =>
        isSorted ? [.. PySort.ByKey(dict)] : [.. dict];

    private void AppendEntry(KeyValuePair<object?, object?> entry)
    {
        var key = entry.Key switch
        {
            string or null or bool or long or BigInteger or double => Scalar(entry.Key),
            _ => throw JinjaException.Runtime($"keys must be str, int, float, bool or None, not {PyType.NameOf(entry.Key)}"),
        };
        _text.Append(entry.Key is string ? key : $"\"{key}\"").Append(": ");
        Append(entry.Value);
    }

    private static string Number(double number) => number switch
    {
        double.NaN => "NaN",
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        _ => PyFloat.Repr(number),
    };

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                >= ' ' and < '\x7f' => quoted.Append(character),
                '\x7f' => quoted.Append(character),
                _ => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
            };
        }

        return quoted.Append('"').ToString();
    }
}
