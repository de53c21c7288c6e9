using Recoup.Lakehouse.Dbt.Jinja.Expressions;

namespace Recoup.Lakehouse.Dbt.Jinja.Syntax;

/// <summary>Expressions with commas between them; one without a comma is itself.</summary>
internal static class TupleParser
{
    /// <param name="item">Reads one expression.</param>
    /// <param name="end">A name that ends the tuple besides the end of the tag.</param>
    /// <param name="isParenthesized">Nothing at all is an empty tuple.</param>
    public static Expression Parse(TokenStream tokens, Func<Expression> item, string? end, bool isParenthesized)
    {
        var line = tokens.Current.Line;
        List<Expression> items = [];
        var isTuple = false;
        while (!IsEnd(tokens.Current, end))
        {
            items.Add(item());
            if (!tokens.Skip(","))
            {
                break;
            }

            isTuple = true;
            line = tokens.Current.Line;
        }

        if (!isTuple && items.Count == 1)
        {
            return items[0];
        }

        return isTuple || isParenthesized
            ? new TupleLiteral(items, line)
            : throw new JinjaException(JinjaErrorKind.Syntax, $"Expected an expression, got '{tokens.Current.Describe()}'", tokens.Current.Line);
    }

    private static bool IsEnd(Token token, string? end) =>
        token.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd || token.Is(")") || (end is not null && token.IsName(end));
}
