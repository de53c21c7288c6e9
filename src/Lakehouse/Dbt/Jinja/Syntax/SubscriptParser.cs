using Recoup.Lakehouse.Dbt.Jinja.Expressions;

namespace Recoup.Lakehouse.Dbt.Jinja.Syntax;

/// <summary><c>.name</c>, <c>.0</c>, <c>[key]</c> and <c>[start:stop:step]</c> after a value.</summary>
internal sealed class SubscriptParser(TokenStream tokens, ExpressionParser expressions)
{
    public Expression Parse(Expression target)
    {
        var opening = tokens.Next();
        return opening.Text == "." ? Attribute(target, opening.Line) : Item(target, opening.Line);
    }

    private Expression Attribute(Expression target, int line)
    {
        var token = tokens.Next();
        return token.Kind switch
        {
            TokenKind.Name => new GetAttribute(target, token.Text, line),
            TokenKind.Integer => new GetItem(target, new Literal(token.Value, token.Line), line),
            _ => throw new JinjaException(JinjaErrorKind.Syntax, "expected name or number", token.Line),
        };
    }

    private GetItem Item(Expression target, int line)
    {
        List<Expression> keys = [];
        while (!tokens.Current.Is("]"))
        {
            if (keys.Count > 0)
            {
                tokens.Expect(",");
            }

            keys.Add(Key());
        }

        tokens.Expect("]");
        return new(target, keys.Count == 1 ? keys[0] : new TupleLiteral(keys, line), line);
    }

    private Expression Key()
    {
        var line = tokens.Current.Line;
        var start = tokens.Current.Is(":") ? null : expressions.Parse();
        if (!tokens.Skip(":"))
        {
            return start!;
        }

        var stop = Bound();
        var step = tokens.Skip(":") ? Bound() : null;
        return new Slice(start, stop, step, line);
    }

    private Expression? Bound() =>
        tokens.Current is { Kind: TokenKind.Operator, Text: ":" or "]" or "," } ? null : expressions.Parse();
}
