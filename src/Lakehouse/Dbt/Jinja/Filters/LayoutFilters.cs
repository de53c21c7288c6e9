using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Methods;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Filters;

/// <summary>Filters that lay text out: <c>indent</c>, <c>center</c>, <c>truncate</c>, <c>wordwrap</c>.</summary>
internal static class LayoutFilters
{
    public static IEnumerable<Function> All() =>
    [
        new("indent", ["s", Optional("width", 4L), Optional("first", false), Optional("blank", false)], Indent),
        new("center", ["value", Optional("width", 80L)], Center),
        new("truncate", ["s", Optional("length", 255L), Optional("killwords", false), Optional("end", "..."), Optional("leeway")], Truncate),
        new(
            "wordwrap",
            ["s", Optional("width", 79L), Optional("break_long_words", true), Optional("wrapstring"), Optional("break_on_hyphens", true)],
            WordWrap),
    ];

    private static string Indent(object?[] arguments)
    {
        var indentation = arguments[1] as string ?? new string(' ', Math.Max(0, PyInt.Small(arguments[1])));
        var lines = TextSplitMethods.Lines(TextMethods.Text(arguments[0], "indent") + "\n", keepEnds: false).ToList();
        var keepsBlank = !PyValue.IsTrue(arguments[3]);
        var rest = lines.Skip(1).Select(line => line.Length == 0 && keepsBlank ? line : indentation + line);
        return (PyValue.IsTrue(arguments[2]) ? indentation : "") + string.Join('\n', rest.Prepend(lines[0]));
    }

    private static string Center(object?[] arguments)
    {
        var text = TextFilters.Text(arguments[0]);
        var width = PyInt.Small(arguments[1]);
        var missing = Math.Max(0, width - PyText.Length(text));
        var left = TextMethods.Center(missing, width);
        return new string(' ', left) + text + new string(' ', missing - left);
    }

    private static string Truncate(object?[] arguments)
    {
        var text = TextMethods.Text(arguments[0], "truncate");
        var length = PyInt.Small(arguments[1]);
        var end = TextMethods.Text(arguments[3], "truncate");
        var leeway = arguments[4] is null ? 5 : PyInt.Small(arguments[4]);
        var kept = length - PyText.Length(end);
        if (kept < 0 || leeway < 0)
        {
            throw JinjaException.Runtime(kept < 0 ? $"expected length >= {PyText.Length(end)}, got {length}" : $"expected leeway >= 0, got {leeway}");
        }

        if (PyText.Length(text) <= length + leeway)
        {
            return text;
        }

        var cut = (string)new PySlice(null, (long)kept, null).Of(text)!;
        var space = cut.LastIndexOf(' ');
        return (PyValue.IsTrue(arguments[2]) || space < 0 ? cut : cut[..space]) + end;
    }

    private static string WordWrap(object?[] arguments)
    {
        var text = TextMethods.Text(arguments[0], "wordwrap");
        var separator = arguments[3] is null ? "\n" : TextMethods.Text(arguments[3], "wordwrap");
        if (text.Contains('-') || text.Contains('\u2014'))
        {
            throw JinjaException.Unsupported("wordwrap of text with hyphens");
        }

        var width = PyInt.Small(arguments[1]);
        var breaksWords = PyValue.IsTrue(arguments[2]);
        return width > 0
            ? string.Join(separator, TextSplitMethods.Lines(text, keepEnds: false).Select(line => string.Join(separator, LineWrap.Wrap(line, width, breaksWords))))
            : throw JinjaException.Runtime($"invalid width {width} (must be > 0)");
    }
}
