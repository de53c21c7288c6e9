using System.Text;
using Recoup.Lakehouse.FlinkSql.Patterns;
using Recoup.Lakehouse.FlinkSql.Syntax;

namespace Recoup.Lakehouse.FlinkSql.Semantics;

internal delegate bool TextTest(ReadOnlySpan<byte> text);

/// <summary>LIKE: % is any number of characters, _ one that is no line end; there is no escape character unless ESCAPE names one.</summary>
internal static class LikePattern
{
    public static TextTest Compile(string pattern, string? escape, SourcePosition at)
    {
        if (escape is { Length: not 1 })
        {
            throw new FlinkSqlException(at, "ESCAPE takes one character", "Write ESCAPE '!'");
        }

        var middle = pattern.Trim('%');
        if (escape is null && !middle.Contains('%', StringComparison.Ordinal) && !middle.Contains('_', StringComparison.Ordinal))
        {
            return Simple(pattern, Encoding.UTF8.GetBytes(middle));
        }

        var matcher = JavaMatcher.Compile(ToRegex(pattern, escape?[0], at), at) ?? throw new InvalidOperationException($"LIKE '{pattern}' made no pattern.");
        return matcher.IsFound;
    }

    private static TextTest Simple(string pattern, byte[] middle)
    {
        var isOpenBefore = pattern.StartsWith('%');
        var isOpenBehind = pattern.EndsWith('%');
        return (isOpenBefore, isOpenBehind) switch
        {
            (true, true) => text => text.IndexOf(middle) >= 0,
            (true, false) => text => text.EndsWith(middle),
            (false, true) => text => text.StartsWith(middle),
            _ => text => text.SequenceEqual(middle),
        };
    }

    private static string ToRegex(string pattern, char? escape, SourcePosition at)
    {
        var regex = new StringBuilder(@"\A(?:");
        for (var index = 0; index < pattern.Length; index++)
        {
            if (pattern[index] == escape)
            {
                index++;
                if (index == pattern.Length || (pattern[index] is not ('%' or '_') && pattern[index] != escape))
                {
                    throw new FlinkSqlException(at, $"the escape character '{escape}' stands before neither %, _ nor itself", "Remove it");
                }

                AppendLiteral(regex, pattern[index]);
            }
            else if (pattern[index] == '%')
            {
                regex.Append("(?s:.*)");
            }
            else if (pattern[index] == '_')
            {
                regex.Append('.');
            }
            else
            {
                AppendLiteral(regex, pattern[index]);
            }
        }

        return regex.Append(@")\z").ToString();
    }

    private static void AppendLiteral(StringBuilder regex, char letter)
    {
        if (letter < 0x80 && !char.IsAsciiLetterOrDigit(letter))
        {
            regex.Append('\\');
        }

        regex.Append(letter);
    }
}
