using System.Globalization;
using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>Regular expressions: constants of the part that Trino's engine and RE2 match alike.</summary>
internal static partial class RegexCalls
{
    public static readonly HashSet<string> Names =
        ["regexp_like", "regexp_extract", "regexp_extract_all", "regexp_replace", "regexp_count", "regexp_split", "regexp_position"];

    public static Bound Bind(string name, IReadOnlyList<Bound> arguments, int line, BindingContext context)
    {
        if (arguments.Count is < 2 or > 3 || arguments[0].Type.Kind is not (TypeKind.Varchar or TypeKind.Unknown or TypeKind.Opaque))
        {
            throw context.Refuse("L06", line, $"{name} over these arguments", "Give it a text and a constant pattern");
        }

        var pattern = Pattern(arguments[1], line, context);
        var text = Guarded(Coercion.To(arguments[0], TrinoType.Varchar).Sql, pattern);
        if (name is not ("regexp_like" or "regexp_extract") && Regex.IsMatch("", pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            throw context.Refuse("L23", line, $"the pattern '{pattern}' matches the empty text, which the engines count differently", "Make a character of it obligatory");
        }

        if (name is "regexp_extract_all" or "regexp_count" or "regexp_split" or "regexp_position" && AnchorPattern().IsMatch(pattern))
        {
            throw context.Refuse("L23", line, $"{name} over an anchor or a border of words looks at the rest of a text anew", "Leave ^ and \\b out");
        }

        var p = Quoted.Text(pattern);
        return (name, arguments.Count) switch
        {
            ("regexp_like", 2) => new Bound($"regexp_matches({text}, {p})", TrinoType.Boolean, line),
            ("regexp_extract", _) => new Bound($"CASE WHEN regexp_matches({text}, {p}) THEN regexp_extract({text}, {p}, {Group(arguments, pattern, line, context)}) END", TrinoType.Varchar, line),
            ("regexp_extract_all", _) => new Bound($"regexp_extract_all({text}, {p}, {Group(arguments, pattern, line, context)})", TrinoType.ArrayOf(TrinoType.Varchar), line),
            ("regexp_replace", _) => new Bound($"regexp_replace({text}, {p}, {Replacement(arguments, pattern, line, context)}, 'g')", TrinoType.Varchar, line),
            ("regexp_count", 2) => new Bound($"CAST(len(regexp_extract_all({text}, {p})) AS BIGINT)", TrinoType.BigInt, line),
            ("regexp_split", 2) => new Bound($"string_split_regex({text}, {p})", TrinoType.ArrayOf(TrinoType.Varchar), line),
            ("regexp_position", 2) => new Bound($"CASE WHEN regexp_matches({text}, {p}) THEN CAST(length(string_split_regex({text}, {p})[1]) + 1 AS INTEGER) WHEN {text} IS NOT NULL THEN -1 END", TrinoType.Integer, line),
            _ => throw context.Refuse("L15", line, $"{name} with {arguments.Count} arguments is not read here", "Leave the last one out"),
        };
    }

    private static string Pattern(Bound argument, int line, BindingContext context)
    {
        if (argument.Constant is not { } pattern || argument.Type.Kind is not TypeKind.Varchar || !SafePattern().IsMatch(pattern) || !IsValid(pattern))
        {
            throw context.Refuse("L23", line, "the pattern is not a constant of the part that Trino's engine and RE2 share", "Leave out look-around, back-references, possessive quantifiers, \\p, named groups and flags other than (?i)");
        }

        return pattern;
    }

    /// <summary>Classes and (?i) are of Unicode in Trino and of ASCII in RE2, and <c>$</c> takes a last line's end in Trino: texts where that counts fail.</summary>
    private static string Guarded(string text, string pattern)
    {
        var plain = ClassPattern().IsMatch(pattern) ? $"trino_ascii({text})" : text;
        return pattern.Contains('$', StringComparison.Ordinal) ? $"trino_one_line({plain})" : plain;
    }

    private static bool IsValid(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A group that may take no part in a match is NULL in Trino and empty in DuckDB.</summary>
    private static int Group(IReadOnlyList<Bound> arguments, string pattern, int line, BindingContext context)
    {
        if (arguments.Count == 2)
        {
            return 0;
        }

        var groups = Groups(pattern);
        return int.TryParse(arguments[2].Constant, CultureInfo.InvariantCulture, out var group) && group >= 0 && group <= groups && (group == 0 || AlwaysTakesPart(pattern))
            ? group
            : throw context.Refuse("L23", line, "the group does not exist, or may take no part in a match", "Name a group that is neither optional nor one of alternatives");
    }

    private static int Groups(string pattern) => new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1)).GetGroupNumbers().Length - 1;

    private static bool AlwaysTakesPart(string pattern) => !pattern.Contains('|', StringComparison.Ordinal) && !OptionalGroup().IsMatch(pattern);

    private static string Replacement(IReadOnlyList<Bound> arguments, string pattern, int line, BindingContext context)
    {
        var text = arguments.Count == 2 ? "" : arguments[2].Constant;
        var isText = arguments.Count == 2 || arguments[2].Type.Kind is TypeKind.Varchar;
        var groups = Groups(pattern);
        if (text is null || !isText || !ReplacementPattern().IsMatch(text) || GroupReference().Matches(text).Any(found => found.Value[1] - '0' > groups) || (text.Contains('$', StringComparison.Ordinal) && !AlwaysTakesPart(pattern)))
        {
            throw context.Refuse("L23", line, "the replacement is not a constant text with $1 to $9 for groups that always take part", "Write such a text");
        }

        return Quoted.Text(GroupReference().Replace(text, found => $"\\{found.Value[1]}"));
    }

    // Literals, dots, anchors, classes, \d \w \s \b and escaped signs, groups, alternatives and greedy or lazy quantifiers.
    [GeneratedRegex("""\A(?:\(\?i\))?(?:[^\\()\[\]{}*+?]|\\[dDwWsSbB]|\\[^a-zA-Z0-9]|\[\^?(?:[^\\\[\]&]|\\[dDwWsS]|\\[^a-zA-Z0-9])+\]|\((?:\?:)?|\)|(?<=[^(|*+?{}]|\\.)(?:[*+?]|\{\d+(?:,\d*)?\})\??(?![*+?{]))*\z""")]
    private static partial Regex SafePattern();

    [GeneratedRegex(@"\)(?:[*?]|\{0)")]
    private static partial Regex OptionalGroup();

    [GeneratedRegex(@"\A(?:[^\\$]|\$\d(?!\d))*\z")]
    private static partial Regex ReplacementPattern();

    [GeneratedRegex(@"\\[dDwWsSbB]|\(\?i\)")]
    private static partial Regex ClassPattern();

    [GeneratedRegex(@"(?<!\[)\^|\\[bB]")]
    private static partial Regex AnchorPattern();

    [GeneratedRegex(@"\$\d")]
    private static partial Regex GroupReference();
}
