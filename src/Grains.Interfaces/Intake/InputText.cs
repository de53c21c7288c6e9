using System.Collections.Frozen;
using System.Text.Json;

namespace Recoup.Intake;

/// <summary>What CONTRACTS (validation) says of texts: which blanks are trimmed, and which words stand for nothing.</summary>
internal static class InputText
{
    private static readonly FrozenSet<string> Nothing =
        new[] { "", "null", "none", "nil", "undefined", "n/a", "nan" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The string's text; null when its escapes are no valid Unicode.</summary>
    public static string? Read(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate (\ud800) passes the parser and has no UTF-16 text that could be kept.
            return null;
        }
    }

    /// <summary>Without the blanks around it: all of Unicode's, the zero-width space and the byte-order mark.</summary>
    public static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsBlank(text[start]))
        {
            start++;
        }

        while (end > start && IsBlank(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>Whether a trimmed text stands for nothing, quoted or not.</summary>
    public static bool IsNothing(string text)
    {
        var isQuoted = text.Length >= 2 && text[0] == text[^1] && text[0] is ('"' or '\'');
        return Nothing.Contains(isQuoted ? Trim(text[1..^1]) : text);
    }

    private static bool IsBlank(char character) => char.IsWhiteSpace(character) || character is '\u200B' or '\uFEFF';
}
