using Recoup.Lakehouse.Dbt.Jinja.Expressions;

namespace Recoup.Lakehouse.Dbt.Jinja.Syntax;

/// <summary><c>(a, name=b, *more, **named)</c>, in the orders that Jinja allows.</summary>
internal sealed class CallArgumentsParser(TokenStream tokens, ExpressionParser expressions)
{
    private readonly List<Expression> _positional = [];
    private readonly List<(string, Expression)> _named = [];
    private Expression? _extra;
    private Expression? _extraNamed;

    public CallArguments Parse()
    {
        var line = tokens.Expect("(").Line;
        for (var isFirst = true; !tokens.Current.Is(")"); isFirst = false)
        {
            if (!isFirst)
            {
                tokens.Expect(",");
            }

            if (!isFirst && tokens.Current.Is(")"))
            {
                break;
            }

            Argument(line);
        }

        tokens.Expect(")");
        return new(_positional, _named, _extra, _extraNamed);
    }

    private void Argument(int line)
    {
        if (tokens.Current.Is("*"))
        {
            Ensure(_extra is null && _extraNamed is null, line);
            tokens.Next();
            _extra = expressions.Parse();
        }
        else if (tokens.Current.Is("**"))
        {
            Ensure(_extraNamed is null, line);
            tokens.Next();
            _extraNamed = expressions.Parse();
        }
        else if (tokens.Current.Kind == TokenKind.Name && tokens.Look().Is("="))
        {
            Ensure(_extraNamed is null, line);
            var name = tokens.Next().Text;
            tokens.Next();
            _named.Add((name, expressions.Parse()));
        }
        else
        {
            Ensure(_extra is null && _extraNamed is null && _named.Count == 0, line);
            _positional.Add(expressions.Parse());
        }
    }

    private static void Ensure(bool isAllowed, int line)
    {
        if (!isAllowed)
        {
            throw new JinjaException(JinjaErrorKind.Syntax, "invalid syntax for function call expression", line);
        }
    }
}
