namespace Recoup.Lakehouse.FlinkSql.Syntax;

/// <summary>Reads what an operator stands between: literals, columns, calls, and the calls that have a grammar of their own.</summary>
internal sealed class PrimaryParser(TokenReader tokens, ExpressionParser expressions)
{
    private static readonly HashSet<string> WithoutParentheses =
        ["CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "LOCALTIMESTAMP", "LOCALTIME"];

    public Expression Read()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Text:
                tokens.Take();
                return tokens.Current.Kind == TokenKind.Text
                    ? throw new FlinkSqlException(tokens.At, "two texts stand beside each other", "Join them with ||")
                    : new TextLiteral(token.Text, token.At);
            case TokenKind.Number:
                tokens.Take();
                return new NumberLiteral(token.Text, token.At);
            case TokenKind.Binary:
                tokens.Take();
                return new BinaryLiteral(token.Text, token.At);
            case TokenKind.Symbol when token.Text == "(":
                return ReadParentheses();
            case TokenKind.QuotedName:
                return ReadColumn();
            case TokenKind.Word:
                return ReadWord(token);
            default:
                throw tokens.Unexpected("an expression");
        }
    }

    private Expression ReadParentheses()
    {
        var at = tokens.Take().At;
        if (tokens.IsWord("SELECT") || tokens.IsWord("WITH"))
        {
            throw new FlinkSqlException(at, "a query as a value needs what other records hold, which a batch does not have", "Use columns of the same row");
        }

        var items = expressions.ReadList(")");
        return items.Count == 1 ? items[0] : new RowExpression(items, at);
    }

    private Expression ReadWord(Token token)
    {
        var word = token.Text.ToUpperInvariant();
        var next = tokens.Peek(1);
        return word switch
        {
            "TRUE" or "FALSE" => new BooleanLiteral(tokens.Take().IsWord("TRUE"), token.At),
            "NULL" => ReadNull(),
            "DATE" or "TIME" or "TIMESTAMP" when next.Kind == TokenKind.Text => ReadTemporal(word),
            "INTERVAL" when next.Kind is TokenKind.Text or TokenKind.Number || next.IsSymbol("-") || next.IsSymbol("+") => ReadInterval(),
            "CASE" => ReadCase(),
            "ARRAY" when next.IsSymbol("[") => new ArrayExpression(ReadBrackets(), token.At),
            "MAP" when next.IsSymbol("[") => new MapExpression(ReadBrackets(), token.At),
            "EXISTS" when next.IsSymbol("(") => throw new FlinkSqlException(
                token.At, "EXISTS needs what other records hold, which a batch does not have", "Use columns of the same row"),
            _ when WithoutParentheses.Contains(word) => ReadClock(word),
            _ when next.IsSymbol("(") => new CallParser(tokens, expressions).Read(),
            _ => ReadColumn(),
        };
    }

    private NullLiteral ReadNull() => new(tokens.Take().At);

    private FunctionCall ReadClock(string word)
    {
        var at = tokens.Take().At;
        if (tokens.TakeIfSymbol("("))
        {
            tokens.ExpectSymbol(")");
        }

        return new FunctionCall(word, [], at);
    }

    private TemporalLiteral ReadTemporal(string kind)
    {
        var at = tokens.Take().At;
        return new TemporalLiteral(kind, tokens.Take().Text, at);
    }

    public IntervalLiteral ReadInterval()
    {
        var at = tokens.At;
        tokens.ExpectWord("INTERVAL");
        var negative = tokens.TakeIfSymbol("-");
        if (!negative)
        {
            tokens.TakeIfSymbol("+");
        }

        var text = tokens.Current.Kind is TokenKind.Text or TokenKind.Number ? tokens.Take().Text : throw tokens.Unexpected("an interval's text");
        var from = CallParser.ReadUnit(tokens);
        var to = tokens.TakeIfWord("TO") ? CallParser.ReadUnit(tokens) : null;
        return new IntervalLiteral(text, negative, from, to, at);
    }

    private CaseExpression ReadCase()
    {
        var at = tokens.Take().At;
        var operand = tokens.IsWord("WHEN") ? null : expressions.Read();
        var branches = new List<WhenBranch>();
        while (tokens.TakeIfWord("WHEN"))
        {
            var condition = expressions.Read();
            if (tokens.IsSymbol(","))
            {
                throw new FlinkSqlException(tokens.At, "a WHEN with several values is not in the shared subset", "Write one WHEN for each value");
            }

            tokens.ExpectWord("THEN");
            branches.Add(new WhenBranch(condition, expressions.Read()));
        }

        if (branches.Count == 0)
        {
            throw tokens.Unexpected("WHEN");
        }

        var otherwise = tokens.TakeIfWord("ELSE") ? expressions.Read() : null;
        tokens.ExpectWord("END");
        return new CaseExpression(operand, branches, otherwise, at);
    }

    private IReadOnlyList<Expression> ReadBrackets()
    {
        tokens.Take();
        tokens.ExpectSymbol("[");
        return expressions.ReadList("]");
    }

    private ColumnReference ReadColumn()
    {
        var at = tokens.At;
        var path = new List<string> { tokens.ExpectName("an expression") };
        while (tokens.TakeIfSymbol("."))
        {
            path.Add(tokens.ExpectName("a column"));
        }

        return new ColumnReference(path, at);
    }
}
