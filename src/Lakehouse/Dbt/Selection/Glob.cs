using System.Text;
using System.Text.RegularExpressions;

namespace Recoup.Lakehouse.Dbt.Selection;

/// <summary>Python's <c>fnmatch</c>: <c>*</c>, <c>?</c>, <c>[ab]</c>, <c>[!a]</c>, over the whole text.</summary>
internal static class Glob
{
    private static readonly char[] Wildcards = ['*', '?', '[', ']'];

    public static bool HasWildcard(string text) => text.IndexOfAny(Wildcards) >= 0;

    public static bool IsMatch(string text, string pattern) =>
        Regex.IsMatch(text, $@"\A(?:{ToRegex(pattern)})\z", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    private static string ToRegex(string pattern)
    {
        var regex = new StringBuilder();
        for (var index = 0; index < pattern.Length; index++)
        {
            var close = pattern[index] == '[' ? pattern.IndexOf(']', Math.Min(index + 2, pattern.Length)) : -1;
            regex.Append((pattern[index], close) switch
            {
                ('*', _) => ".*",
                ('?', _) => ".",
                ('[', > 0) => CharacterClass(pattern[(index + 1)..close]),
                var (other, _) => Regex.Escape(other.ToString()),
            });
            index = close > 0 ? close : index;
        }

        return regex.ToString();
    }

    private static string CharacterClass(string inside)
    {
        var escaped = inside.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("[", @"\[", StringComparison.Ordinal);
        return escaped.StartsWith('!') ? $"[^{escaped[1..]}]" : $"[{(escaped.StartsWith('^') ? @"\" : "")}{escaped}]";
    }
}
