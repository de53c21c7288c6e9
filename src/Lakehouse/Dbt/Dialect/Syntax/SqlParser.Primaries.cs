namespace Recoup.Lakehouse.Dbt.Dialect.Syntax;

/// <summary>Literals, names, constructors and what has a grammar of its own: CASE, CAST, EXTRACT, TRIM.</summary>
internal sealed partial class SqlParser
{
    private static readonly string[] CurrentTimes = ["CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP"];

    private Expression ParsePrimary()
    {
        var token = reader.Current;
        return token.Kind switch
        {
            TokenKind.Number => new NumberLiteral(reader.Next().Text, token.Line),
            TokenKind.Text => new TextLiteral(reader.Next().Text, token.Line),
            TokenKind.QuotedName => ParseNameOrCall(),
            TokenKind.Word => ParseWord(token),
            _ when token.Is("(") => ParseParentheses(),
            _ when token.Is("[") => ParseArray(token.Line),
            _ => throw reader.Unexpected("an expression was expected"),
        };
    }

    private Expression ParseWord(Token token) => token.Text.ToUpperInvariant() switch
    {
        "NULL" => Constant(new NullLiteral(token.Line)),
        "TRUE" => Constant(new BooleanLiteral(true, token.Line)),
        "FALSE" => Constant(new BooleanLiteral(false, token.Line)),
        "CASE" => ParseCase(),
        "CAST" or "TRY_CAST" when reader.Peek().Is("(") => ParseCast(),
        "EXTRACT" => ParseExtract(),
        "TRIM" => ParseTrim(),
        "EXISTS" => ParseExists(),
        "INTERVAL" when IsInterval => ParseInterval(),
        "ARRAY" when reader.Peek().Is("[") => ParseArray(token.Line),
        "ROW" when reader.Peek().Is("(") => ParseRow(token.Line),
        "GROUPING" or "LISTAGG" when reader.Peek().Is("(") => ParseCall(reader.Next().Text.ToLowerInvariant(), token.Line),
        var word when CurrentTimes.Contains(word) => ParseCurrentTime(word, token.Line),
        _ when reader.Peek().Kind is TokenKind.Text => ParseTypedLiteral(token),
        _ => ParseNameOrCall(),
    };

    private Expression Constant(Expression constant)
    {
        reader.Next();
        return constant;
    }

    private bool IsInterval => reader.Peek().Kind is TokenKind.Text or TokenKind.Number || reader.Peek().Is("-") || reader.Peek().Is("+");

    private TypedLiteral ParseTypedLiteral(Token token)
    {
        reader.Next();
        return new TypedLiteral(token.Text.ToLowerInvariant(), reader.Text(), token.Line);
    }

    private CallExpression ParseCurrentTime(string word, int line)
    {
        reader.Next();
        return reader.At("(")
            ? throw reader.Unexpected("a precision of the current time is not read here")
            : new CallExpression(word.ToLowerInvariant(), [], line);
    }

    private IntervalLiteral ParseInterval()
    {
        var line = reader.Next().Line;
        var isNegative = reader.At("-");
        _ = reader.Take("-") || reader.Take("+");
        if (reader.Current.Kind is not TokenKind.Text)
        {
            throw reader.Source.Refuse("L07", line, "an interval's number stands within quotes in Trino", "Write INTERVAL '3' DAY");
        }

        var text = reader.Text();
        var unit = reader.Current.Kind is TokenKind.Word ? reader.Next().Text.ToUpperInvariant() : "";
        return reader.At("TO")
            ? throw reader.Source.Refuse("L07", line, "an interval of several units is not read here", "Add the units one by one")
            : new IntervalLiteral(isNegative, text, unit, line);
    }

    private CaseExpression ParseCase()
    {
        var line = reader.Next().Line;
        var operand = reader.At("WHEN") ? null : ParseExpression();
        var branches = new List<CaseBranch>();
        while (reader.Take("WHEN"))
        {
            var when = ParseExpression();
            reader.Expect("THEN");
            branches.Add(new CaseBranch(when, ParseExpression()));
        }

        var otherwise = reader.Take("ELSE") ? ParseExpression() : null;
        reader.Expect("END");
        return branches.Count > 0 ? new CaseExpression(operand, branches, otherwise, line) : throw reader.Unexpected("CASE without WHEN");
    }

    private CastExpression ParseCast()
    {
        var token = reader.Next();
        reader.Expect("(");
        var operand = ParseExpression();
        reader.Expect("AS");
        var type = ParseType();
        reader.Expect(")");
        return new CastExpression(operand, type, token.Is("TRY_CAST"), token.Line);
    }

    private ExtractExpression ParseExtract()
    {
        var line = reader.Next().Line;
        reader.Expect("(");
        var field = reader.Next().Text.ToUpperInvariant();
        reader.Expect("FROM");
        var operand = ParseExpression();
        reader.Expect(")");
        return new ExtractExpression(field, operand, line);
    }

    /// <summary><c>trim(x)</c>, <c>trim(x, chars)</c> and <c>trim([BOTH|LEADING|TRAILING] [chars] FROM x)</c>, all as calls.</summary>
    private CallExpression ParseTrim()
    {
        var line = reader.Next().Line;
        reader.Expect("(");
        var name = reader.Take("LEADING") ? "ltrim" : reader.Take("TRAILING") ? "rtrim" : reader.Take("BOTH") ? "trim" : null;
        if (name is not null && reader.Take("FROM"))
        {
            var only = ParseExpression();
            reader.Expect(")");
            return new CallExpression(name, [only], line);
        }

        var first = ParseExpression();
        IReadOnlyList<Expression> arguments = reader.Take("FROM") ? [ParseExpression(), first]
            : reader.Take(",") ? [first, ParseExpression()]
            : [first];
        reader.Expect(")");
        return new CallExpression(name ?? "trim", arguments, line);
    }

    private ExistsExpression ParseExists()
    {
        var line = reader.Next().Line;
        reader.Expect("(");
        var query = ParseQuery();
        reader.Expect(")");
        return new ExistsExpression(query, line);
    }

    private ArrayExpression ParseArray(int line)
    {
        _ = reader.Take("ARRAY");
        reader.Expect("[");
        var items = reader.At("]") ? [] : reader.CommaList(ParseExpression);
        reader.Expect("]");
        return new ArrayExpression(items, line);
    }

    private RowExpression ParseRow(int line)
    {
        reader.Next();
        return new RowExpression(reader.Parenthesized(ParseExpression), line);
    }

    private Expression ParseParentheses()
    {
        var line = reader.Line;
        if (IsLambda())
        {
            return ParseLambda();
        }

        reader.Expect("(");
        if (AtQuery)
        {
            var query = ParseQuery();
            reader.Expect(")");
            return new SubqueryExpression(query, line);
        }

        var items = reader.CommaList(ParseExpression);
        reader.Expect(")");
        return items.Count == 1 ? items[0] : new RowExpression(items, line);
    }

    private bool IsLambda()
    {
        var ahead = 1;
        while (!reader.Peek(ahead).Is(")") && reader.Peek(ahead).Kind is TokenKind.Word or TokenKind.QuotedName || reader.Peek(ahead).Is(","))
        {
            ahead++;
        }

        return reader.Peek(ahead).Is(")") && reader.Peek(ahead + 1).Is("->");
    }
}
