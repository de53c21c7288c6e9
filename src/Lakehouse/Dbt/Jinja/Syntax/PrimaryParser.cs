using Recoup.Lakehouse.Dbt.Jinja.Expressions;

namespace Recoup.Lakehouse.Dbt.Jinja.Syntax;

/// <summary>Names, literals, and what stands in brackets.</summary>
internal sealed class PrimaryParser(TokenStream tokens, MacroMentions mentions)
{
    public Expression Parse(ExpressionParser expressions)
    {
        var token = tokens.Current;
        return token switch
        {
            { Kind: TokenKind.Name } => NameOrConstant(tokens.Next()),
            { Kind: TokenKind.Text } => Text(token.Line),
            { Kind: TokenKind.Integer or TokenKind.Float } => new Literal(tokens.Next().Value, token.Line),
            { Kind: TokenKind.Operator, Text: "(" } => Parenthesized(expressions),
            { Kind: TokenKind.Operator, Text: "[" } => List(expressions),
            { Kind: TokenKind.Operator, Text: "{" } => Dict(expressions),
            _ => throw new JinjaException(JinjaErrorKind.Syntax, $"unexpected '{token.Describe()}'", token.Line),
        };
    }

    private Expression NameOrConstant(Token token) => token.Text switch
    {
        "true" or "True" => new Literal(true, token.Line),
        "false" or "False" => new Literal(false, token.Line),
        "none" or "None" => new Literal(null, token.Line),
        _ => new Name(mentions.Note(token.Text), token.Line),
    };

    /// <summary>Texts side by side are one.</summary>
    private Literal Text(int line)
    {
        var text = (string)tokens.Next().Value!;
        while (tokens.Current.Kind == TokenKind.Text)
        {
            text += (string)tokens.Next().Value!;
        }

        return new(text, line);
    }

    private Expression Parenthesized(ExpressionParser expressions)
    {
        tokens.Next();
        var inner = expressions.Tuple(isParenthesized: true);
        tokens.Expect(")");
        return inner;
    }

    private ListLiteral List(ExpressionParser expressions)
    {
        var line = tokens.Next().Line;
        List<Expression> items = [];
        while (!tokens.Current.Is("]") && !IsClosedAfterComma(items.Count, "]"))
        {
            items.Add(expressions.Parse());
        }

        tokens.Expect("]");
        return new(items, line);
    }

    private DictLiteral Dict(ExpressionParser expressions)
    {
        var line = tokens.Next().Line;
        List<(Expression, Expression)> entries = [];
        while (!tokens.Current.Is("}") && !IsClosedAfterComma(entries.Count, "}"))
        {
            var key = expressions.Parse();
            tokens.Expect(":");
            entries.Add((key, expressions.Parse()));
        }

        tokens.Expect("}");
        return new(entries, line);
    }

    /// <summary>Reads the comma before any item but the first; the last item may have one after it.</summary>
    private bool IsClosedAfterComma(int count, string closing)
    {
        if (count > 0)
        {
            tokens.Expect(",");
        }

        return tokens.Current.Is(closing);
    }
}
