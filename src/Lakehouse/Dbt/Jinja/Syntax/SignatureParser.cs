using Recoup.Lakehouse.Dbt.Jinja.Expressions;
using Recoup.Lakehouse.Dbt.Jinja.Statements;

namespace Recoup.Lakehouse.Dbt.Jinja.Syntax;

/// <summary>The parameters of a macro; dbt allows types (<c>a: list[str]</c>), which it does not use.</summary>
internal sealed class SignatureParser(TokenStream tokens, ExpressionParser expressions)
{
    public Signature Parse()
    {
        tokens.Expect("(");
        List<string> names = [];
        List<Expression> defaults = [];
        while (!tokens.Current.Is(")"))
        {
            if (names.Count > 0)
            {
                tokens.Expect(",");
            }

            names.Add(new TargetParser(tokens, expressions).Name().Identifier);
            SkipType();
            Default(defaults);
        }

        tokens.Expect(")");
        return names.Distinct().Count() == names.Count
            ? new(names, defaults)
            : throw new JinjaException(JinjaErrorKind.Syntax, "duplicate argument in function definition");
    }

    private void Default(List<Expression> defaults)
    {
        if (tokens.Skip("="))
        {
            defaults.Add(expressions.Parse());
        }
        else if (defaults.Count > 0)
        {
            throw new JinjaException(JinjaErrorKind.Syntax, "non-default argument follows default argument", tokens.Current.Line);
        }
    }

    private void SkipType()
    {
        if (tokens.Skip(":"))
        {
            TypeName();
        }
    }

    private void TypeName()
    {
        tokens.Expect(TokenKind.Name);
        if (!tokens.Skip("["))
        {
            return;
        }

        for (var isFirst = true; !tokens.Current.Is("]"); isFirst = false)
        {
            if (!isFirst)
            {
                tokens.Expect(",");
            }

            TypeName();
        }

        tokens.Expect("]");
    }
}
