using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Methods;

/// <summary>The methods of <c>str</c> that look for text and replace it.</summary>
internal static class TextSearchMethods
{
    public static IEnumerable<Function> All() =>
    [
        new("find", ["_s", "_sub", Optional("_start"), Optional("_end")], a => Find(a, (text, sub) => text.IndexOf(sub, StringComparison.Ordinal))),
        new("rfind", ["_s", "_sub", Optional("_start"), Optional("_end")], a => Find(a, (text, sub) => text.LastIndexOf(sub, StringComparison.Ordinal))),
        new("index", ["_s", "_sub", Optional("_start"), Optional("_end")], a => Found(Find(a, (text, sub) => text.IndexOf(sub, StringComparison.Ordinal)))),
        new("rindex", ["_s", "_sub", Optional("_start"), Optional("_end")], a => Found(Find(a, (text, sub) => text.LastIndexOf(sub, StringComparison.Ordinal)))),
        new("count", ["_s", "_sub", Optional("_start"), Optional("_end")], a => TextMethods.Text(a[1], "count") is var sub && Part(a) is { } part ? (long)Count(part, sub) : 0L),
        new("startswith", ["_s", "_prefix", Optional("_start"), Optional("_end")], a => HasAffix(a, "startswith", (text, affix) => text.StartsWith(affix, StringComparison.Ordinal))),
        new("endswith", ["_s", "_suffix", Optional("_start"), Optional("_end")], a => HasAffix(a, "endswith", (text, affix) => text.EndsWith(affix, StringComparison.Ordinal))),
        new("replace", ["_s", "_old", "_new", Optional("_count", -1L)], a => Replace((string)a[0]!, TextMethods.Text(a[1], "replace"), TextMethods.Text(a[2], "replace"), PyInt.Small(a[3]))),
    ];

    /// <param name="count">How many to replace at most; negative for all.</param>
    public static string Replace(string text, string old, string replacement, int count)
    {
        if (count < 0 && old.Length > 0)
        {
            return text.Replace(old, replacement, StringComparison.Ordinal);
        }

        return old.Length == 0 ? Interleave(text, replacement, count) : ReplaceSome(text, old, replacement, count);
    }

    private static string ReplaceSome(string text, string old, string replacement, int count)
    {
        var pieces = TextSplitMethods.Split(text, old, count);
        return string.Join(replacement, pieces);
    }

    /// <summary>Python finds the empty text before each character and at the end.</summary>
    private static string Interleave(string text, string replacement, int count)
    {
        var characters = PyText.Characters(text).Append("");
        return string.Concat(characters.Select((character, index) => (count < 0 || index < count ? replacement : "") + character));
    }

    /// <summary>The text from its start to its end; null where it would start behind either, and not even the empty text is found.</summary>
    private static string? Part(object?[] arguments)
    {
        var (text, start, end) = ((string)arguments[0]!, arguments[2], arguments[3]);
        if (start is null && end is null)
        {
            return text;
        }

        var part = (string)new PySlice(start, end, null).Of(text)!;
        return part.Length > 0 || Place(start, 0, text) <= Math.Min(PyText.Length(text), Place(end, PyText.Length(text), text)) ? part : null;
    }

    private static int Place(object? given, int otherwise, string text)
    {
        var place = given is null ? otherwise : PyInt.Small(given);
        return place < 0 ? Math.Max(0, place + PyText.Length(text)) : place;
    }

    private static long Find(object?[] arguments, Func<string, string, int> search)
    {
        var sub = TextMethods.Text(arguments[1], "find");
        return Part(arguments) is { } part && search(part, sub) is >= 0 and var found ? PyText.Length(part[..found]) + Place(arguments[2], 0, (string)arguments[0]!) : -1;
    }

    private static long Found(long index) => index >= 0 ? index : throw JinjaException.Runtime("substring not found");

    private static int Count(string text, string sub) =>
        sub.Length == 0 ? PyText.Length(text) + 1 : TextSplitMethods.Split(text, sub, -1).Count - 1;

    private static object HasAffix(object?[] arguments, string method, Func<string, string, bool> matches)
    {
        var text = Part(arguments);
        return arguments[1] switch
        {
            PyTuple tuple => tuple.Items.Any(affix => TextMethods.Text(affix, method) is var one && text is not null && matches(text, one)),
            string affix => text is not null && matches(text, affix),
            JinjaUndefined or PyMarkup => TextMethods.Text(arguments[1], method),
            _ => throw JinjaException.Runtime($"{method} first arg must be str or a tuple of str, not {PyType.NameOf(arguments[1])}"),
        };
    }
}
