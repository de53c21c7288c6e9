namespace Recoup.Lakehouse.FlinkSql.Syntax;

/// <summary>
/// Reads queries that look at one record at a time. What needs other records (joins, groups, windows, order) is state in
/// Flink and is refused by name: a micro-batch would give another answer.
/// </summary>
internal sealed class QueryParser(TokenReader tokens)
{
    private static readonly string[] Stateful = ["GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "QUALIFY", "MATCH_RECOGNIZE"];

    private readonly ExpressionParser expressions = new(tokens);

    public QueryTree Read()
    {
        var at = tokens.At;
        var with = new List<CommonTable>();
        if (tokens.TakeIfWord("WITH"))
        {
            do
            {
                with.Add(ReadCommonTable());
            }
            while (tokens.TakeIfSymbol(","));
        }

        var selects = new List<SelectQuery> { ReadSelect() };
        while (tokens.IsWord("UNION") || tokens.IsWord("INTERSECT") || tokens.IsWord("EXCEPT"))
        {
            if (!tokens.TakeIfWord("UNION", "ALL"))
            {
                throw new FlinkSqlException(tokens.At, $"{tokens.Current.Text.ToUpperInvariant()} compares rows over time, which a batch cannot", "Write UNION ALL");
            }

            selects.Add(ReadSelect());
        }

        foreach (var word in Stateful)
        {
            if (tokens.IsWord(word))
            {
                throw new FlinkSqlException(
                    tokens.At, $"{word} needs rows of other batches, and gives another answer over one batch", "Do it in dbt, over the Iceberg table");
            }
        }

        return new QueryTree(with, selects, at);
    }

    private CommonTable ReadCommonTable()
    {
        var at = tokens.At;
        var name = tokens.ExpectName("a name");
        var columns = tokens.IsSymbol("(") ? tokens.ExpectNames("a column") : [];
        tokens.ExpectWord("AS");
        tokens.ExpectSymbol("(");
        var query = Read();
        tokens.ExpectSymbol(")");
        return new CommonTable(name, columns, query, at);
    }

    private SelectQuery ReadSelect()
    {
        var at = tokens.At;
        tokens.ExpectWord("SELECT");
        if (tokens.IsWord("DISTINCT"))
        {
            throw new FlinkSqlException(tokens.At, "DISTINCT needs rows of other batches", "Remove duplicates in dbt, over the Iceberg table");
        }

        tokens.TakeIfWord("ALL");
        var items = new List<SelectItem>();
        do
        {
            items.Add(ReadItem());
        }
        while (tokens.TakeIfSymbol(","));
        var from = tokens.TakeIfWord("FROM") ? new FromParser(tokens, this, expressions).Read() : null;
        var where = tokens.TakeIfWord("WHERE") ? expressions.Read() : null;
        return new SelectQuery(items, from, where, at);
    }

    private SelectItem ReadItem()
    {
        var at = tokens.At;
        if (tokens.TakeIfSymbol("*"))
        {
            return new SelectAll(null, at);
        }

        if (tokens.Current.Kind is TokenKind.Word or TokenKind.QuotedName && tokens.Peek(1).IsSymbol(".") && tokens.Peek(2).IsSymbol("*"))
        {
            var qualifier = tokens.ExpectName("a table");
            tokens.Take();
            tokens.Take();
            return new SelectAll(qualifier, at);
        }

        var value = expressions.Read();
        var alias = tokens.TakeIfWord("AS") || tokens.Current.Kind == TokenKind.QuotedName || IsBareAlias() ? tokens.ExpectName("a name") : null;
        return new SelectExpression(value, alias, at);
    }

    private bool IsBareAlias() => tokens.Current.Kind == TokenKind.Word && !ReservedWords.Contains(tokens.Current.Text);
}
