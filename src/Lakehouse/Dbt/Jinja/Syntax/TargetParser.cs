using Recoup.Lakehouse.Dbt.Jinja.Expressions;

namespace Recoup.Lakehouse.Dbt.Jinja.Syntax;

/// <summary>What a tag assigns to: a name, a tuple of targets, or <c>ns.name</c>.</summary>
internal sealed class TargetParser(TokenStream tokens, ExpressionParser expressions)
{
    public Name Name()
    {
        var token = tokens.Expect(TokenKind.Name);
        return token.Text is "true" or "True" or "false" or "False" or "none" or "None"
            ? throw Cannot("name", token.Line)
            : new(token.Text, token.Line);
    }

    /// <param name="end">A name that ends the target.</param>
    public Expression Parse(bool withNamespace = false, string? end = null)
    {
        var target = TupleParser.Parse(tokens, withNamespace ? WithNamespace : expressions.Primary, end, isParenthesized: false);
        Check(target);
        return target;
    }

    private Expression WithNamespace()
    {
        if (tokens.Current.Kind != TokenKind.Name || !tokens.Look().Is("."))
        {
            return expressions.Primary();
        }

        var name = tokens.Next();
        tokens.Next();
        return new NamespaceReference(name.Text, tokens.Expect(TokenKind.Name).Text, name.Line);
    }

    private static void Check(Expression target)
    {
        switch (target)
        {
            case Expressions.Name or NamespaceReference:
                return;
            case TupleLiteral tuple:
                tuple.Items.ToList().ForEach(Check);
                return;
            default:
                throw Cannot(target is Literal ? "const" : target.GetType().Name.Replace("Literal", "", StringComparison.Ordinal).ToLowerInvariant(), target.Line);
        }
    }

    private static JinjaException Cannot(string what, int line) => new(JinjaErrorKind.Syntax, $"can't assign to '{what}'", line);
}
