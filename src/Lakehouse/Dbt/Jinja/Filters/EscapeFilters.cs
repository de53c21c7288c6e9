using System.Text;
using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Json;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Filters;

/// <summary>Filters for HTML, URLs and JSON.</summary>
internal static partial class EscapeFilters
{
    public static IEnumerable<Function> All() =>
    [
        new("escape", ["s"], a => a[0] as PyMarkup ?? new PyMarkup(Escape(PyValue.Text(a[0])))),
        new("e", ["s"], a => a[0] as PyMarkup ?? new PyMarkup(Escape(PyValue.Text(a[0])))),
        new("forceescape", ["value"], a => new PyMarkup(Escape(PyValue.Text(a[0])))),
        new("safe", ["value"], a => new PyMarkup(PyValue.Text(a[0]))),
        new("striptags", ["value"], a => StripTags(PyValue.Text(a[0]))),
        new("urlencode", ["value"], a => UrlEncode(a[0])),
        new("xmlattr", ["d", Optional("autospace", true)], a => XmlAttributes(a[0], PyValue.IsTrue(a[1]))),
        new("tojson", ["value", Optional("indent")], a => new PyMarkup(ToJson(a[0], a[1]))),
    ];

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal)
        .Replace("\"", "&#34;", StringComparison.Ordinal);

    [GeneratedRegex("<!--.*?-->|<.*?>", RegexOptions.Singleline)]
    private static partial Regex TagOrComment();

    [GeneratedRegex(@"[\s/>=]")]
    private static partial Regex BadInAttributeName();

    private static string StripTags(string text)
    {
        var stripped = TagOrComment().Replace(text, "");
        return stripped.Contains('&')
            ? throw JinjaException.Unsupported("striptags of text with entities")
            : string.Join(' ', stripped.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string UrlEncode(object? value) => value switch
    {
        string or PyMarkup => Quote(PyValue.Text(value), "/"),
        PyDict dict => string.Join('&', dict.Select(entry => Pair(entry.Key, entry.Value))),
        _ when PyValue.IsIterable(value) => string.Join('&', PyValue.Iterate(value).Select(item => PyValue.Iterate(item).ToList()).Select(pair => Pair(pair[0], pair[1]))),
        _ => Quote(PyValue.Text(value), "/"),
    };

    private static string Pair(object? key, object? value) =>
        $"{QuoteForQuery(key)}={QuoteForQuery(value)}";

    private static string QuoteForQuery(object? value) => Quote(PyValue.Text(value), "").Replace("%20", "+", StringComparison.Ordinal);

    private static string Quote(string text, string safe) => string.Concat(Encoding.UTF8.GetBytes(text).Select(item =>
        char.IsAsciiLetterOrDigit((char)item) || "_.-~".Contains((char)item) || safe.Contains((char)item) ? ((char)item).ToString() : $"%{item:X2}"));

    private static string XmlAttributes(object? value, bool hasSpace)
    {
        var dict = value as PyDict ?? throw JinjaException.Runtime($"'{PyType.NameOf(value)}' object has no attribute 'items'");
        var attributes = dict.Where(entry => entry.Value is not (null or JinjaUndefined)).Select(entry => Attribute(PyValue.Text(entry.Key), entry.Value));
        var text = string.Join(' ', attributes);
        return hasSpace && text.Length > 0 ? " " + text : text;
    }

    private static string Attribute(string name, object? value) => BadInAttributeName().IsMatch(name)
        ? throw JinjaException.Runtime($"Invalid character in attribute name: {PyRepr.Quote(name)}")
        : $"{Escape(name)}=\"{(value is PyMarkup safe ? safe.Text : Escape(PyValue.Text(value)))}\"";

    /// <summary>Sorted, and with what HTML reads written as escapes; dbt's function of the same name does neither.</summary>
    private static string ToJson(object? value, object? indent) => new JsonWriter(isSorted: true, JsonWriter.Indentation(indent)).Write(value)
        .Replace("<", "\\u003c", StringComparison.Ordinal)
        .Replace(">", "\\u003e", StringComparison.Ordinal)
        .Replace("&", "\\u0026", StringComparison.Ordinal)
        .Replace("'", "\\u0027", StringComparison.Ordinal);
}
