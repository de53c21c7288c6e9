using System.Text.RegularExpressions;

namespace Recoup.Lakehouse.Dbt.Jinja.Syntax;

/// <summary>The tags around text that is no template.</summary>
internal static partial class RawTag
{
    /// <param name="end">Where the raw text starts.</param>
    public static bool TryOpen(string source, int position, out int end)
    {
        var match = Open().Match(source, position);
        end = match.Index + match.Length;
        return match.Success;
    }

    /// <param name="start">Where the tag <c>endraw</c> starts.</param>
    /// <param name="end">Where it ends, whitespace that it takes along included.</param>
    public static bool TryClose(string source, int position, out int start, out int end)
    {
        var match = Close().Match(source, position);
        (start, end) = (match.Index, match.Index + match.Length);
        return match.Success;
    }

    [GeneratedRegex(@"\G\{%[-+]?\s*raw\s*(?:-%\}\s*|%\})")]
    private static partial Regex Open();

    [GeneratedRegex(@"\{%[-+]?\s*endraw\s*(?:\+%\}|-%\}\s*|%\})")]
    private static partial Regex Close();
}
