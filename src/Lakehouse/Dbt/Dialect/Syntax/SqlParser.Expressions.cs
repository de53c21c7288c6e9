namespace Recoup.Lakehouse.Dbt.Dialect.Syntax;

/// <summary>Operators, by the precedence of Trino's grammar: OR, AND, NOT, one predicate, <c>||</c>, sums, products, signs.</summary>
internal sealed partial class SqlParser
{
    private Expression ParseExpression()
    {
        var left = ParseConjunction();
        while (reader.At("OR"))
        {
            var line = reader.Next().Line;
            left = new BinaryExpression("OR", left, ParseConjunction(), line);
        }

        return left;
    }

    private Expression ParseConjunction()
    {
        var left = ParseNegation();
        while (reader.At("AND"))
        {
            var line = reader.Next().Line;
            left = new BinaryExpression("AND", left, ParseNegation(), line);
        }

        return left;
    }

    private Expression ParseNegation()
    {
        var line = reader.Line;
        return reader.Take("NOT") ? new UnaryExpression("NOT", ParseNegation(), line) : ParsePredicate();
    }

    private Expression ParsePredicate()
    {
        var left = ParseConcatenation();
        var line = reader.Line;
        if (reader.Current is { Kind: TokenKind.Symbol, Text: "=" or "<>" or "!=" or "<" or "<=" or ">" or ">=" })
        {
            return ParseComparison(left, reader.Next().Text, line);
        }

        if (reader.Take("IS"))
        {
            return ParseIs(left, line);
        }

        var isNot = reader.At("NOT") && reader.Take("NOT");
        return reader.Take("BETWEEN") ? ParseBetween(left, isNot, line)
            : reader.Take("IN") ? ParseIn(left, isNot, line)
            : reader.Take("LIKE") ? new LikeExpression(left, isNot, ParseConcatenation(), reader.Take("ESCAPE") ? ParseConcatenation() : null, line)
            : isNot ? throw reader.Unexpected("BETWEEN, IN or LIKE was expected")
            : left;
    }

    private Expression ParseComparison(Expression left, string symbol, int line)
    {
        var name = symbol == "!=" ? "<>" : symbol;
        if (!reader.At("ALL") && !reader.At("ANY") && !reader.At("SOME"))
        {
            return new BinaryExpression(name, left, ParseConcatenation(), line);
        }

        var quantifier = reader.Next().Text.ToUpperInvariant();
        reader.Expect("(");
        var query = ParseQuery();
        reader.Expect(")");
        return new QuantifiedExpression(name, quantifier == "ALL" ? "ALL" : "ANY", left, query, line);
    }

    private Expression ParseIs(Expression left, int line)
    {
        var isNot = reader.Take("NOT");
        if (reader.Take("NULL"))
        {
            return new IsNullExpression(left, isNot, line);
        }

        reader.Expect("DISTINCT");
        reader.Expect("FROM");
        return new BinaryExpression(isNot ? "IS NOT DISTINCT FROM" : "IS DISTINCT FROM", left, ParseConcatenation(), line);
    }

    private BetweenExpression ParseBetween(Expression left, bool isNot, int line)
    {
        var low = ParseConcatenation();
        reader.Expect("AND");
        return new BetweenExpression(left, isNot, low, ParseConcatenation(), line);
    }

    private Expression ParseIn(Expression left, bool isNot, int line)
    {
        reader.Expect("(");
        Expression result = AtQuery
            ? new InQueryExpression(left, isNot, ParseQuery(), line)
            : new InListExpression(left, isNot, reader.CommaList(ParseExpression), line);
        reader.Expect(")");
        return result;
    }

    private Expression ParseConcatenation() => ParseLeftAssociative(ParseSum, "||");

    private Expression ParseSum() => ParseLeftAssociative(ParseProduct, "+", "-");

    private Expression ParseProduct() => ParseLeftAssociative(ParseSigned, "*", "/", "%");

    private Expression ParseLeftAssociative(Func<Expression> operand, params string[] operators)
    {
        var left = operand();
        while (reader.Current.Kind is TokenKind.Symbol && operators.Contains(reader.Current.Text))
        {
            var symbol = reader.Next();
            left = new BinaryExpression(symbol.Text, left, operand(), symbol.Line);
        }

        return left;
    }

    private Expression ParseSigned()
    {
        var line = reader.Line;
        if (reader.At("-") || reader.At("+"))
        {
            return new UnaryExpression(reader.Next().Text, ParseSigned(), line);
        }

        var operand = ParsePostfix();
        while (reader.Take("AT", "TIME", "ZONE"))
        {
            operand = new AtTimeZoneExpression(operand, ParsePostfix(), line);
        }

        return operand;
    }

    private Expression ParsePostfix()
    {
        var operand = ParsePrimary();
        while (reader.At("[") || reader.At("."))
        {
            var symbol = reader.Next();
            if (symbol.Text == ".")
            {
                var field = reader.Identifier();
                operand = operand is NameExpression name ? name with { Parts = [.. name.Parts, field] } : new FieldExpression(operand, field, symbol.Line);
            }
            else
            {
                operand = new SubscriptExpression(operand, ParseExpression(), symbol.Line);
                reader.Expect("]");
            }
        }

        return operand;
    }
}
