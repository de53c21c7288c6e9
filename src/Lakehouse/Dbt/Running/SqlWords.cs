namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>The words of a statement that stand outside of parentheses, quotes and comments.</summary>
internal sealed class SqlWords(string sql, int start = 0)
{
    private int at = start;
    private int depth;

    public SqlWord? Next()
    {
        while (at < sql.Length)
        {
            var end = Skip();
            if (end > at)
            {
                at = end;
                continue;
            }

            if (char.IsLetter(sql[at]) || sql[at] == '_')
            {
                var word = Take();
                if (depth == 0)
                {
                    return word;
                }

                continue;
            }

            depth += sql[at] == '(' ? 1 : sql[at] == ')' ? -1 : 0;
            at++;
        }

        return null;
    }

    private SqlWord Take()
    {
        var from = at;
        while (at < sql.Length && (char.IsLetterOrDigit(sql[at]) || sql[at] == '_'))
        {
            at++;
        }

        return new SqlWord(sql[from..at], at);
    }

    /// <summary>The end of a quote or comment that starts here.</summary>
    private int Skip() => sql[at] switch
    {
        '\'' or '"' => After(sql[at].ToString(), at + 1),
        '-' when StartsWith("--") => After("\n", at),
        '/' when StartsWith("/*") => After("*/", at + 2),
        _ => at,
    };

    private bool StartsWith(string text) => string.CompareOrdinal(sql, at, text, 0, text.Length) == 0;

    private int After(string text, int from) => sql.IndexOf(text, Math.Min(from, sql.Length), StringComparison.Ordinal) is var found and >= 0 ? found + text.Length : sql.Length;
}

/// <param name="End">Just after the word.</param>
internal sealed record SqlWord(string Text, int End);
