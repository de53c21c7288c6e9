using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Yaml;

/// <summary>PyYAML's <c>safe_dump</c> in block style, for scalars that need no folding and no double quotes.</summary>
internal static partial class YamlWriter
{
    public static string Write(object? value, bool isSorted)
    {
        var text = new StringBuilder();
        switch (value)
        {
            case PyDict { Count: > 0 } dict:
                Dict(text, dict, 0, isSorted);
                break;
            case PyList { Count: > 0 } list:
                List(text, list, 0, isSorted);
                break;
            default:
                text.Append(Scalar(value)).Append('\n').Append(value is PyList or PyDict || IsQuoted(value) ? "" : "...\n");
                break;
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_./\\+(\-][\w ./\\+()\-;<>=^$~]*(?<! )\z")]
    private static partial Regex PlainText();

    private static void Dict(StringBuilder text, PyDict dict, int indent, bool isSorted)
    {
        IEnumerable<KeyValuePair<object?, object?>> entries = isSorted ? PySort.ByKey(dict) : dict;
        var isFirst = true;
        foreach (var (key, value) in entries)
        {
            text.Append(' ', isFirst ? 0 : indent).Append(Scalar(key)).Append(':');
            switch (value)
            {
                case PyDict { Count: > 0 } inner:
                    text.Append('\n').Append(' ', indent + 2);
                    Dict(text, inner, indent + 2, isSorted);
                    break;
                case PyList { Count: > 0 } inner:
                    text.Append('\n').Append(' ', indent);
                    List(text, inner, indent, isSorted);
                    break;
                default:
                    text.Append(' ').Append(Scalar(value)).Append('\n');
                    break;
            }

            isFirst = false;
        }
    }

    private static void List(StringBuilder text, PyList list, int indent, bool isSorted)
    {
        for (var index = 0; index < list.Count; index++)
        {
            text.Append(' ', index == 0 ? 0 : indent).Append("- ");
            switch (list[index])
            {
                case PyDict { Count: > 0 } inner:
                    Dict(text, inner, indent + 2, isSorted);
                    break;
                case PyList { Count: > 0 } inner:
                    List(text, inner, indent + 2, isSorted);
                    break;
                default:
                    text.Append(Scalar(list[index])).Append('\n');
                    break;
            }
        }
    }

    private static string Scalar(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        long or BigInteger => PyValue.Text(value),
        double number when double.IsFinite(number) && !PyFloat.Repr(number).Contains('e') => PyFloat.Repr(number),
        string text => Text(text),
        PyList => "[]",
        PyDict => "{}",
        _ => throw JinjaException.Unsupported($"toyaml of a Python {PyType.NameOf(value)}"),
    };

    private static bool IsQuoted(object? value) => value is string text && Text(text)[0] == '\'';

    private static string Text(string text)
    {
        if (text.Length > 60 || text.Any(character => character is < ' ' or > '\x7e'))
        {
            throw JinjaException.Unsupported("toyaml of long text or text with special characters");
        }

        var isPlain = PlainText().IsMatch(text) && !YamlScalars.IsSpecial(text) && !text.StartsWith("- ", StringComparison.Ordinal) && text != "-" && !text.StartsWith("---", StringComparison.Ordinal) && !text.StartsWith("...", StringComparison.Ordinal);
        return isPlain ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }
}
