namespace Recoup.Lakehouse.Dbt.Dialect.Native;

/// <summary>Blanks as Java has them, tabs and line ends included; a no-break space is none.</summary>
internal static class TrinoBlanks
{
    public static string TrimStart(string text)
    {
        var start = 0;
        while (start < text.Length && IsBlank(text[start]))
        {
            start++;
        }

        return text[start..];
    }

    public static string TrimEnd(string text)
    {
        var end = text.Length;
        while (end > 0 && IsBlank(text[end - 1]))
        {
            end--;
        }

        return text[..end];
    }

    private static bool IsBlank(char sign) => sign is (>= '\t' and <= '\r') or (>= '\x1C' and <= '\x1F') || (char.IsSeparator(sign) && sign is not ('\u00A0' or '\u2007' or '\u202F'));
}
