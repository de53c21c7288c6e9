using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Jinja.Methods;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Modules;

/// <summary>Patterns of Python's <c>re</c> as .NET has them: most are the same; what differs is rewritten or refused.</summary>
internal static partial class PythonPattern
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="JinjaException">The text is no pattern, or one that .NET reads otherwise.</exception>
    public static Regex Compile(object? pattern, object? flags)
    {
        var text = TextMethods.Text(pattern, "re");
        if (OtherInDotNet().Match(text) is { Success: true } other)
        {
            throw JinjaException.Unsupported($"'{other.Value}' in a regular expression");
        }

        var rewritten = text.Replace("(?P<", "(?<", StringComparison.Ordinal).Replace(@"\Z", @"\z", StringComparison.Ordinal);
        try
        {
            return new Regex(NamedReference().Replace(rewritten, @"\k<$1>"), Options(PyInt.Small(flags)), Patience);
        }
        catch (ArgumentException failure)
        {
            throw JinjaException.Runtime(failure.Message);
        }
    }

    public static Regex Anchored(Regex regex, string before, string after) => new(before + regex + after, regex.Options, Patience);

    /// <summary>A replacement: <c>\1</c>, <c>\g&lt;name&gt;</c> and the escapes of text.</summary>
    public static string Expand(string template, Match match)
    {
        var text = new StringBuilder();
        var position = 0;
        foreach (Match reference in Reference().Matches(template))
        {
            text.Append(template, position, reference.Index - position).Append(Value(reference, match));
            position = reference.Index + reference.Length;
        }

        return text.Append(template, position, template.Length - position).ToString();
    }

    [GeneratedRegex(@"\(\?P=(\w+)\)")]
    private static partial Regex NamedReference();

    [GeneratedRegex(@"\\(?:(?<number>[1-9]\d?)|g<(?<name>\w+)>|(?<letter>.))", RegexOptions.Singleline)]
    private static partial Regex Reference();

    /// <summary>Subtraction of classes, named characters, conditions and inline flags differ; so do sets written in brackets in brackets.</summary>
    [GeneratedRegex(@"-\[|\\N|\\[pPGKcR]|\(\?\(|\(\?[aiLmsux]+[-:)]|\(\?#|[+*?}]\+|\(\?>|\(\?'|\(\?<\w+-")]
    private static partial Regex OtherInDotNet();

    private static RegexOptions Options(int flags)
    {
        var known = (flags & ~26) == 0 ? flags : throw JinjaException.Unsupported("flags of a regular expression other than I, M and S");
        return ((known & 2) != 0 ? RegexOptions.IgnoreCase : 0) | ((known & 8) != 0 ? RegexOptions.Multiline : 0)
            | ((known & 16) != 0 ? RegexOptions.Singleline : 0) | RegexOptions.CultureInvariant;
    }

    private static string Value(Match reference, Match match)
    {
        var letter = reference.Groups["letter"].Value;
        if (letter.Length > 0)
        {
            return letter switch
            {
                "n" => "\n",
                "t" => "\t",
                "r" => "\r",
                "\\" => "\\",
                _ when char.IsAsciiLetterOrDigit(letter[0]) => throw JinjaException.Runtime($@"bad escape \{letter}"),
                _ => reference.Value,
            };
        }

        var key = reference.Groups["number"].Success ? reference.Groups["number"].Value : reference.Groups["name"].Value;
        var group = int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= match.Groups.Count ? null : match.Groups[key];
        return group is { Name: var name } && name == key ? group.Value : throw JinjaException.Runtime($"invalid group reference {key}");
    }
}
