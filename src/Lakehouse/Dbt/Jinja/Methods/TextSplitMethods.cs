using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Methods;

/// <summary>The methods of <c>str</c> that cut text into pieces and join them.</summary>
internal static class TextSplitMethods
{
    public static IEnumerable<Function> All() =>
    [
        new("split", ["_s", Optional("sep"), Optional("maxsplit", -1L)], a => Split(a, fromEnd: false)),
        new("rsplit", ["_s", Optional("sep"), Optional("maxsplit", -1L)], a => Split(a, fromEnd: true)),
        new("splitlines", ["_s", Optional("keepends", false)], a => new PyList(Lines((string)a[0]!, PyValue.IsTrue(a[1])))),
        new("partition", ["_s", "_sep"], a => Partition((string)a[0]!, Separator(a[1]))),
        new("rpartition", ["_s", "_sep"], a => PartitionFromEnd((string)a[0]!, Separator(a[1]))),
        new("join", ["_s", "_items"], a => Join((string)a[0]!, a[1])),
    ];

    /// <param name="count">How many cuts at most; negative for all.</param>
    public static List<string> Split(string text, string separator, int count)
    {
        List<string> pieces = [];
        var start = 0;
        while (count != pieces.Count && text.IndexOf(separator, start, StringComparison.Ordinal) is >= 0 and var found)
        {
            pieces.Add(text[start..found]);
            start = found + separator.Length;
        }

        pieces.Add(text[start..]);
        return pieces;
    }

    /// <summary>Cuts where Python's <c>splitlines</c> does.</summary>
    public static IEnumerable<string> Lines(string text, bool keepEnds)
    {
        var start = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] is not ('\n' or '\r' or '\v' or '\f' or '\u001c' or '\u001d' or '\u001e' or '\u0085' or '\u2028' or '\u2029'))
            {
                continue;
            }

            var end = index;
            index += text[index] == '\r' && index + 1 < text.Length && text[index + 1] == '\n' ? 1 : 0;
            yield return text[start..(keepEnds ? index + 1 : end)];
            start = index + 1;
        }

        if (start < text.Length)
        {
            yield return text[start..];
        }
    }

    private static PyList Split(object?[] arguments, bool fromEnd)
    {
        var text = (string)arguments[0]!;
        var count = PyInt.Small(arguments[2]);
        if (arguments[1] is null)
        {
            return new(fromEnd ? Mirror(text, mirrored => Words(mirrored, count)) : Words(text, count));
        }

        var separator = Separator(arguments[1]);
        return new(fromEnd
            ? Mirror(text, mirrored => Split(mirrored, Flip(separator), count))
            : Split(text, separator, count));
    }

    /// <summary>Cuts the reversed text, so that the last pieces come first, and turns all back.</summary>
    private static IEnumerable<string> Mirror(string text, Func<string, IReadOnlyList<string>> split) => split(Flip(text)).Select(Flip).Reverse();

    private static string Flip(string text) => new([.. text.Reverse()]);

    private static List<string> Words(string text, int count)
    {
        List<string> words = [];
        var rest = PyText.TrimStart(text);
        while (rest.Length > 0 && count != words.Count)
        {
            var end = rest.TakeWhile(character => !PyText.IsSpace(character)).Count();
            words.Add(rest[..end]);
            rest = PyText.TrimStart(rest[end..]);
        }

        return rest.Length > 0 ? [.. words, PyText.TrimEnd(rest)] : words;
    }

    private static string Separator(object? value)
    {
        var separator = TextMethods.Text(value, "split");
        return separator.Length > 0 ? separator : throw JinjaException.Runtime("empty separator");
    }

    private static PyTuple Partition(string text, string separator)
    {
        var found = text.IndexOf(separator, StringComparison.Ordinal);
        return found < 0 ? new(text, "", "") : new(text[..found], separator, text[(found + separator.Length)..]);
    }

    private static PyTuple PartitionFromEnd(string text, string separator)
    {
        var found = text.LastIndexOf(separator, StringComparison.Ordinal);
        return found < 0 ? new("", "", text) : new(text[..found], separator, text[(found + separator.Length)..]);
    }

    private static string Join(string separator, object? items)
    {
        var texts = PyValue.Iterate(items).Select((item, index) => item as string
            ?? throw JinjaException.Runtime($"sequence item {index}: expected str instance, {PyType.NameOf(item)} found"));
        return string.Join(separator, texts);
    }
}
