using System.Text.RegularExpressions;

namespace Recoup.Lakehouse.Query.Statements;

/// <summary>
/// Takes EXPLAIN off a statement, because the parser gives a tree for what follows only. What is executed is put together from the prefix that was
/// found here and the text that was parsed, so that nothing else can be smuggled in between.
/// </summary>
internal static partial class ExplainPrefix
{
    /// <returns>The prefix to execute and the statement after it; null where there is no EXPLAIN.</returns>
    public static (string Prefix, string Statement)? Split(string sql)
    {
        var match = Explain().Match(sql);
        return match.Success
            ? (match.Groups["analyze"].Success ? "EXPLAIN ANALYZE " : "EXPLAIN ", sql[match.Length..])
            : null;
    }

    [GeneratedRegex(@"^(?:\s|--[^\n]*(?:\n|$)|/\*(?:[^*]|\*(?!/))*\*/)*EXPLAIN(?<analyze>\s+ANALYZE)?(?=\s)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Explain();
}
