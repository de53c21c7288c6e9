namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Puts common table expressions in front of a query, as dbt does: into its own <c>with</c> where it has one. Pure.</summary>
internal static class CteInjection
{
    public static string Inject(string sql, IReadOnlyList<Cte> ctes)
    {
        if (ctes.Count == 0)
        {
            return sql;
        }

        var text = string.Join(", ", ctes.Select(cte => $" {cte.Name} as (\n{cte.Sql}\n)"));
        return FindWith(sql) is var (first, after) && after >= 0
            ? $"{sql[..after]}{text}, {sql[after..]}"
            : $"{sql[..first]}with{text} {sql[first..]}";
    }

    /// <summary>Where the query starts, and where its own first expression does; -1 when it has no <c>with</c>.</summary>
    private static (int First, int After) FindWith(string sql)
    {
        var first = sql.Length - sql.TrimStart().Length;
        var words = new SqlWords(sql);
        while (words.Next() is { } word)
        {
            if (!word.Text.Equals("with", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var next = new SqlWords(sql, word.End).Next();
            var end = next?.Text.Equals("recursive", StringComparison.OrdinalIgnoreCase) == true ? next.End : word.End;
            return (first, SkipSpace(sql, end));
        }

        return (first, -1);
    }

    private static int SkipSpace(string sql, int at)
    {
        while (at < sql.Length && char.IsWhiteSpace(sql[at]))
        {
            at++;
        }

        return at;
    }
}
