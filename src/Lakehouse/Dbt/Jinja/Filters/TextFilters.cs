using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Methods;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Filters;

/// <summary>Filters that take any value as text and answer text.</summary>
internal static partial class TextFilters
{
    public static IEnumerable<Function> All() =>
    [
        new("upper", ["s"], a => PyCase.Upper(Text(a[0]))),
        new("lower", ["s"], a => PyCase.Lower(Text(a[0]))),
        new("capitalize", ["s"], a => PyCase.Capitalize(Text(a[0]))),
        new("title", ["s"], a => Title(Text(a[0]))),
        new("trim", ["value", Optional("chars")], a => TextMethods.Strip(Text(a[0]), a[1], true, true)),
        new("replace", ["s", "old", "new", Optional("count")], Replace),
        new("string", ["object"], a => a[0] is PyMarkup ? a[0] : PyValue.Text(a[0])),
        new("wordcount", ["s"], a => (long)Word().Count(Text(a[0]))),
    ];

    /// <summary>The value as text; one that was marked safe is refused, as it would escape what is put into it.</summary>
    public static string Text(object? value) => value is PyMarkup
        ? throw JinjaException.Unsupported("a text filter on text that was marked safe")
        : PyValue.Text(value);

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"([-\s({\[<]+)")]
    private static partial Regex WordBeginning();

    /// <summary>Jinja's words begin after spaces, hyphens and opening brackets, not after underscores or quotes.</summary>
    private static string Title(string text)
    {
        var words = WordBeginning().Split(text).Where(word => word.Length > 0);
        return string.Concat(words.Select(word => PyCase.Upper(word[..1]) + PyCase.Lower(word[1..])));
    }

    private static string Replace(object?[] arguments) => TextSearchMethods.Replace(
        Text(arguments[0]), Text(arguments[1]), Text(arguments[2]), arguments[3] is null ? -1 : PyInt.Small(arguments[3]));
}
