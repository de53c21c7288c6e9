using System.Globalization;
using System.Numerics;
using System.Text;

namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Python's <c>repr</c>.</summary>
internal static class PyRepr
{
    public static string Of(object? value) => value switch
    {
        null => "None",
        bool flag => flag ? "True" : "False",
        long number => PyValue.Text(number),
        BigInteger number => number.ToString(CultureInfo.InvariantCulture),
        double number => PyFloat.Repr(number),
        string text => Quote(text),
        PyList list => Guarded(list, () => $"[{Join(list)}]"),
        PyTuple tuple => tuple.Items.Count == 1 ? $"({Of(tuple.Items[0])},)" : $"({Join(tuple.Items)})",
        PyDict dict => Guarded(dict, () => $"{{{string.Join(", ", dict.Select(entry => $"{Of(entry.Key)}: {Of(entry.Value)}"))}}}"),
        PySet set => set.Count == 0 ? "set()" : $"{{{Join(set)}}}",
        PyDictView view => $"{view.TypeName}([{Join(view.Items)}])",
        PyBytes bytes => Quote(bytes),
        PyMarkup markup => $"Markup({Quote(markup.Text)})",
        JinjaUndefined => "Undefined",
        IPyTyped typed => typed is IPyRepr repr ? repr.Repr : value.ToString()!,
        PyRange or IJinjaObject => value.ToString()!,
        _ => throw JinjaException.Unsupported($"printing a Python {PyType.NameOf(value)}"),
    };

    /// <summary>In single quotes, or in double ones where that saves an escape.</summary>
    public static string Quote(string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var quoted = new StringBuilder(text.Length + 2).Append(quote);
        foreach (var rune in text.EnumerateRunes())
        {
            AppendEscaped(quoted, rune, quote);
        }

        return quoted.Append(quote).ToString();
    }

    private static string Join(IEnumerable<object?> items) => string.Join(", ", items.Select(Of));

    private static void AppendEscaped(StringBuilder text, Rune rune, char quote) => _ = rune.Value switch
    {
        '\\' => text.Append(@"\\"),
        '\n' => text.Append(@"\n"),
        '\r' => text.Append(@"\r"),
        '\t' => text.Append(@"\t"),
        var code when code == quote => text.Append('\\').Append(quote),
        ' ' => text.Append(' '),
        var code when IsPrintable(rune) => text.Append(rune.ToString()),
        <= 0xff and var code => text.Append(CultureInfo.InvariantCulture, $@"\x{code:x2}"),
        <= 0xffff and var code => text.Append(CultureInfo.InvariantCulture, $@"\u{code:x4}"),
        var code => text.Append(CultureInfo.InvariantCulture, $@"\U{code:x8}"),
    };

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    private static string Quote(PyBytes bytes)
    {
        var quote = bytes.Value.Contains((byte)'\'') && !bytes.Value.Contains((byte)'"') ? '"' : '\'';
        var escaped = bytes.Value.Select(item => item switch
        {
            (byte)'\\' => @"\\",
            (byte)'\n' => @"\n",
            (byte)'\r' => @"\r",
            (byte)'\t' => @"\t",
            _ when item == quote => $"\\{quote}",
            >= 0x20 and < 0x7f => ((char)item).ToString(),
            _ => $@"\x{item:x2}",
        });
        return $"b{quote}{string.Concat(escaped)}{quote}";
    }

    /// <summary>A list that holds itself would be written for ever.</summary>
    private static string Guarded(object container, Func<string> repr)
    {
        if (!System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw JinjaException.Unsupported($"printing a {PyType.NameOf(container)} that holds itself");
        }

        return repr();
    }
}
