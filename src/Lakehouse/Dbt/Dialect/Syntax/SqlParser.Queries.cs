namespace Recoup.Lakehouse.Dbt.Dialect.Syntax;

/// <summary>Reads Trino's SQL into a tree. What is not in the grammar is refused: a word that only DuckDB knows too.</summary>
internal sealed partial class SqlParser(TokenReader reader)
{
    /// <summary>Reads one query; nothing may stand behind it, not even a semicolon.</summary>
    public static QuerySyntax Parse(string sql, SourceFile source)
    {
        var reader = new TokenReader(Lexer.Read(sql, source), source);
        var query = new SqlParser(reader).ParseQuery();
        return reader.Current.Kind is TokenKind.End ? query : throw reader.Unexpected("the statement should end");
    }

    private bool AtQuery => reader.At("SELECT") || reader.At("WITH") || reader.At("VALUES") || (reader.At("(") && IsNestedQuery());

    private bool IsNestedQuery()
    {
        var ahead = 0;
        while (reader.Peek(ahead).Is("("))
        {
            ahead++;
        }

        // "((SELECT 1) + 1)" begins like a nested query too: only a body that ends, or goes on as a set, is one.
        return (reader.Peek(ahead).Is("SELECT") || reader.Peek(ahead).Is("WITH") || reader.Peek(ahead).Is("VALUES")) && EndsAsQuery(ahead);
    }

    private bool EndsAsQuery(int ahead)
    {
        for (var depth = ahead; depth > 0;)
        {
            var token = reader.Peek(ahead++);
            if (token.Kind is TokenKind.End)
            {
                return false;
            }

            depth += token.Is("(") ? 1 : token.Is(")") ? -1 : 0;
        }

        var next = reader.Peek(ahead);
        return next.Kind is TokenKind.End || next.Is(")") || next.Is("UNION") || next.Is("EXCEPT") || next.Is("INTERSECT") || next.Is("ORDER") || next.Is("LIMIT");
    }

    private QuerySyntax ParseQuery()
    {
        var line = reader.Line;
        var isRecursive = false;
        List<NamedQuery> named = [];
        if (reader.Take("WITH"))
        {
            isRecursive = reader.Take("RECURSIVE");
            named = reader.CommaList(ParseNamedQuery);
        }

        var body = ParseUnion();
        var order = reader.Take("ORDER", "BY") ? reader.CommaList(ParseSortItem) : [];
        var offset = reader.Take("OFFSET") ? ParseOffset() : null;
        var limit = reader.Take("LIMIT") ? ParseLimit() : ParseFetch();
        return new QuerySyntax(isRecursive, named, body, order, offset, limit, line);
    }

    private Expression ParseOffset()
    {
        var count = ParsePrimary();
        _ = reader.Take("ROW") || reader.Take("ROWS");
        return count;
    }

    private Expression? ParseLimit() => reader.Take("ALL") ? null : ParsePrimary();

    private NumberLiteral? ParseFetch()
    {
        if (!reader.Take("FETCH"))
        {
            return null;
        }

        _ = reader.Take("FIRST") || reader.Take("NEXT");
        var count = new NumberLiteral(reader.Current.Kind is TokenKind.Number ? reader.Next().Text : "1", reader.Line);
        _ = reader.Take("ROW") || reader.Take("ROWS");
        reader.Expect("ONLY");
        return count;
    }

    private NamedQuery ParseNamedQuery()
    {
        var line = reader.Line;
        var name = reader.Identifier();
        var columns = reader.At("(") ? reader.Parenthesized(reader.Identifier) : [];
        reader.Expect("AS");
        reader.Expect("(");
        var query = ParseQuery();
        reader.Expect(")");
        return new NamedQuery(name, columns, query, line);
    }

    private QueryBody ParseUnion()
    {
        var left = ParseIntersection();
        while (reader.At("UNION") || reader.At("EXCEPT"))
        {
            var word = reader.Next();
            left = new SetBody(word.Text.ToUpperInvariant(), IsAll(), left, ParseIntersection(), word.Line);
        }

        return left;
    }

    private QueryBody ParseIntersection()
    {
        var left = ParseQueryPrimary();
        while (reader.At("INTERSECT"))
        {
            var line = reader.Next().Line;
            left = new SetBody("INTERSECT", IsAll(), left, ParseQueryPrimary(), line);
        }

        return left;
    }

    private bool IsAll() => reader.Take("ALL") || (reader.Take("DISTINCT") && false);

    private QueryBody ParseQueryPrimary()
    {
        var line = reader.Line;
        if (reader.Take("VALUES"))
        {
            return new ValuesBody(reader.CommaList(ParseExpression), line);
        }

        if (reader.Take("("))
        {
            var query = ParseQuery();
            reader.Expect(")");
            return new NestedBody(query, line);
        }

        return ParseSelect();
    }

    private SelectBody ParseSelect()
    {
        var line = reader.Line;
        reader.Expect("SELECT");
        var isDistinct = reader.Take("DISTINCT");
        _ = !isDistinct && reader.Take("ALL");
        return new SelectBody(
            isDistinct,
            reader.CommaList(ParseSelectItem),
            reader.Take("FROM") ? ParseFrom() : null,
            reader.Take("WHERE") ? ParseExpression() : null,
            reader.Take("GROUP", "BY") ? reader.CommaList(ParseGrouping) : [],
            reader.Take("HAVING") ? ParseExpression() : null,
            reader.Take("WINDOW") ? reader.CommaList(ParseNamedWindow) : [],
            line);
    }

    private SelectItem ParseSelectItem()
    {
        var line = reader.Line;
        if (reader.Take("*"))
        {
            return new SelectItem(new StarExpression(null, line), null);
        }

        if (reader.AtIdentifier && reader.Peek().Is(".") && reader.Peek(2).Is("*"))
        {
            var table = reader.Identifier();
            reader.Next();
            reader.Next();
            return new SelectItem(new StarExpression(table, line), null);
        }

        var expression = ParseExpression();
        return new SelectItem(expression, reader.Take("AS") || IsAliasAhead ? reader.Identifier() : null);
    }

    private GroupingItem ParseGrouping()
    {
        if (reader.At("ROLLUP") || reader.At("CUBE"))
        {
            var kind = reader.Next().Text.ToUpperInvariant();
            return new GroupingItem(kind, [reader.Parenthesized(ParseExpression)]);
        }

        return reader.Take("GROUPING", "SETS")
            ? new GroupingItem("GROUPING SETS", reader.Parenthesized(ParseGroupingSet))
            : new GroupingItem("", [[ParseExpression()]]);
    }

    private IReadOnlyList<Expression> ParseGroupingSet() => reader.At("(") ? reader.Parenthesized(ParseExpression, mayBeEmpty: true) : [ParseExpression()];

    private NamedWindow ParseNamedWindow()
    {
        var name = reader.Identifier();
        reader.Expect("AS");
        return new NamedWindow(name, ParseWindow());
    }
}
