using System.Text;
using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Methods;

/// <summary>The methods of Python's <c>str</c>.</summary>
internal static class TextMethods
{
    public static FunctionTable Table { get; } = new(
        "method",
        [.. Case(), .. Trimming(), .. Classes(), .. TextSearchMethods.All(), .. TextSplitMethods.All()],
        "format_map",
        "isidentifier",
        "istitle",
        "maketrans");

    private static IEnumerable<Function> Case() =>
    [
        new("upper", ["_s"], a => PyCase.Upper(Self(a))),
        new("lower", ["_s"], a => PyCase.Lower(Self(a))),
        new("title", ["_s"], a => PyCase.Title(Self(a))),
        new("capitalize", ["_s"], a => PyCase.Capitalize(Self(a))),
        new("swapcase", ["_s"], a => PyCase.Swap(Self(a))),
        new("casefold", ["_s"], a => PyCase.Fold(Self(a))),
    ];

    private static IEnumerable<Function> Trimming() =>
    [
        new("strip", ["_s", Optional("_chars")], a => Strip(Self(a), a[1], true, true)),
        new("lstrip", ["_s", Optional("_chars")], a => Strip(Self(a), a[1], true, false)),
        new("rstrip", ["_s", Optional("_chars")], a => Strip(Self(a), a[1], false, true)),
        new("removeprefix", ["_s", "_prefix"], a => Self(a).StartsWith(Text(a[1], "removeprefix"), StringComparison.Ordinal) ? Self(a)[((string)a[1]!).Length..] : Self(a)),
        new("removesuffix", ["_s", "_suffix"], a => Text(a[1], "removesuffix") is { Length: > 0 } end && Self(a).EndsWith(end, StringComparison.Ordinal) ? Self(a)[..^end.Length] : Self(a)),
        new("center", ["_s", "_width", Optional("_fill", " ")], a => Pad(Self(a), a[1], a[2], Center)),
        new("ljust", ["_s", "_width", Optional("_fill", " ")], a => Pad(Self(a), a[1], a[2], (_, _) => 0)),
        new("rjust", ["_s", "_width", Optional("_fill", " ")], a => Pad(Self(a), a[1], a[2], (missing, _) => missing)),
        new("zfill", ["_s", "_width"], a => ZeroFill(Self(a), PyInt.Small(a[1]))),
        new("expandtabs", ["_s", Optional("tabsize", 8L)], a => ExpandTabs(Self(a), PyInt.Small(a[1]))),
        new("encode", ["_s", Optional("encoding", "utf-8"), Optional("errors", "strict")], Encode),
        new("translate", ["_s", "_table"], a => string.Concat(Self(a).EnumerateRunes().Select(rune => Translate(rune, a[1])))),
    ];

    private static IEnumerable<Function> Classes() =>
    [
        new("isdigit", ["_s"], a => All(a, rune => Rune.IsDigit(rune) || IsSuperscript(rune))),
        new("isdecimal", ["_s"], a => All(a, Rune.IsDigit)),
        new("isnumeric", ["_s"], a => All(a, rune => Rune.IsNumber(rune))),
        new("isalpha", ["_s"], a => All(a, Rune.IsLetter)),
        new("isalnum", ["_s"], a => All(a, rune => Rune.IsLetter(rune) || Rune.IsNumber(rune))),
        new("isspace", ["_s"], a => Self(a).Length > 0 && Self(a).All(PyText.IsSpace)),
        new("isascii", ["_s"], a => Self(a).All(char.IsAscii)),
        new("isprintable", ["_s"], a => PyRepr.Quote(Self(a).Replace("\\", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal)).IndexOf('\\', StringComparison.Ordinal) < 0),
        new("isupper", ["_s"], a => PyCase.IsAll(Self(a), char.IsUpper, char.IsLower)),
        new("islower", ["_s"], a => PyCase.IsAll(Self(a), char.IsLower, char.IsUpper)),
    ];

    private static string Self(object?[] arguments) => (string)arguments[0]!;

    /// <exception cref="JinjaException">The argument is no text.</exception>
    public static string Text(object? value, string method) => value switch
    {
        string text => text,
        JinjaUndefined undefined => throw JinjaException.Undefined(undefined.Message),
        PyMarkup => throw JinjaException.Unsupported($"{method} with text that was marked safe"),
        _ => throw JinjaException.Runtime($"{method}() argument must be str, not {PyType.NameOf(value)}"),
    };

    public static string Strip(string text, object? characters, bool atStart, bool atEnd)
    {
        if (characters is null)
        {
            var started = atStart ? PyText.TrimStart(text) : text;
            return atEnd ? PyText.TrimEnd(started) : started;
        }

        var set = PyText.Characters(Text(characters, "strip")).ToHashSet();
        var kept = PyText.Characters(text);
        kept = atStart ? kept.SkipWhile(set.Contains) : kept;
        kept = atEnd ? kept.Reverse().SkipWhile(set.Contains).Reverse() : kept;
        return string.Concat(kept);
    }

    /// <summary>Python's odd rule: of an odd rest the left gets more where the width is odd too.</summary>
    public static int Center(int missing, int width) => (missing / 2) + (missing & width & 1);

    /// <param name="left">How many of the missing characters go to the left, by how many are missing and the width.</param>
    private static string Pad(string text, object? width, object? fill, Func<int, int, int> left)
    {
        var character = Text(fill, "padding");
        if (PyText.Length(character) != 1)
        {
            throw JinjaException.Runtime("The fill character must be exactly one character long");
        }

        var missing = PyInt.Small(width) - PyText.Length(text);
        return missing <= 0 ? text : Surround(text, character, left(missing, PyInt.Small(width)), missing);
    }

    private static string Surround(string text, string fill, int left, int missing) =>
        PyText.Repeat(fill, left) + text + PyText.Repeat(fill, missing - left);

    private static string ZeroFill(string text, int width)
    {
        var sign = text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        return text[..sign] + new string('0', Math.Max(0, width - PyText.Length(text))) + text[sign..];
    }

    private static string ExpandTabs(string text, int size)
    {
        var expanded = new StringBuilder();
        var column = 0;
        foreach (var character in PyText.Characters(text))
        {
            var spaces = character == "\t" && size > 0 ? size - (column % size) : 0;
            expanded.Append(character == "\t" ? new string(' ', spaces) : character);
            column = character is "\n" or "\r" ? 0 : column + (character == "\t" ? spaces : 1);
        }

        return expanded.ToString();
    }

    private static PyBytes Encode(object?[] arguments) => PyCase.Lower(Text(arguments[1], "encode")).Replace('_', '-') switch
    {
        "utf-8" or "utf8" => new(Encoding.UTF8.GetBytes(Self(arguments))),
        "ascii" when Self(arguments).All(char.IsAscii) => new(Encoding.ASCII.GetBytes(Self(arguments))),
        _ => throw JinjaException.Unsupported("encoding text other than as utf-8"),
    };

    private static string Translate(Rune rune, object? table)
    {
        var dict = table as PyDict ?? throw JinjaException.Unsupported("translate() with other than a dict");
        return !dict.TryGetValue((long)rune.Value, out var other) ? rune.ToString() : other switch
        {
            null => "",
            string text => text,
            long code => new Rune((int)code).ToString(),
            _ => throw JinjaException.Runtime("character mapping must return integer, None or str"),
        };
    }

    private static bool All(object?[] arguments, Func<Rune, bool> predicate) =>
        Self(arguments).Length > 0 && Self(arguments).EnumerateRunes().All(predicate);

    private static bool IsSuperscript(Rune rune) => rune.Value is '²' or '³' or '¹' or (>= 0x2070 and <= 0x2079) or (>= 0x2080 and <= 0x2089);
}
