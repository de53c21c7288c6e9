using System.Globalization;

namespace Recoup.Embedded.Temporal.Visibility;

/// <summary>Reads the query language of list and count: the conditions of SQL over search attributes, and GROUP BY ExecutionStatus.</summary>
internal sealed class QueryParser
{
    private static readonly HashSet<string> Keywords = new(["and", "or", "not", "in", "between", "is", "null", "like", "starts_with", "group", "order", "by", "limit", "select", "from", "where"], StringComparer.OrdinalIgnoreCase);

    private readonly List<QueryToken> tokens;
    private int at;

    private QueryParser(string query) => tokens = QueryLexer.Split(query);

    private QueryToken Current => tokens[at];

    /// <exception cref="InvalidQueryException">The query is not one, or asks for what is not supported.</exception>
    public static Query Parse(string query)
    {
        var parser = new QueryParser(query);
        var starts = parser.Current;
        var where = starts.Kind == TokenKind.End || starts.Is("group") || starts.Is("order") || starts.Is("limit") ? null : parser.Disjunction();
        return new Query(where, parser.Tail());
    }

    private string? Tail()
    {
        string? groupBy = null;
        if (TryTake("group"))
        {
            Expect("by");
            groupBy = Column();
            if (Current.Is(","))
            {
                throw NotSupported("'group by' clause supports only a single field");
            }

            if (groupBy != "ExecutionStatus")
            {
                throw NotSupported("'group by' clause is only supported for ExecutionStatus search attribute");
            }
        }

        if (Current.Is("order"))
        {
            throw NotSupported("'order by' clause");
        }

        if (Current.Is("limit"))
        {
            throw NotSupported("'limit' clause");
        }

        return Current.Kind == TokenKind.End ? groupBy : throw Unexpected();
    }

    private Condition Disjunction()
    {
        var left = Conjunction();
        while (TryTake("or"))
        {
            left = new Or(left, Conjunction());
        }

        return left;
    }

    private Condition Conjunction()
    {
        var left = Negation();
        while (TryTake("and"))
        {
            left = new And(left, Negation());
        }

        return left;
    }

    private Condition Negation()
    {
        if (TryTake("not"))
        {
            return new Not(Negation());
        }

        if (TryTake("("))
        {
            var inner = Disjunction();
            Expect(")");
            return inner;
        }

        return Comparison();
    }

    private Comparison Comparison()
    {
        var column = Column();
        if (TryTake("is"))
        {
            var not = TryTake("not");
            Expect("null");
            return new Comparison(column, not ? "is not null" : "is null", []);
        }

        var negation = TryTake("not") ? "not " : "";
        if (TryTake("in"))
        {
            return new Comparison(column, negation + "in", List());
        }

        if (TryTake("between"))
        {
            var from = Value();
            Expect("and");
            return new Comparison(column, negation + "between", [from, Value()]);
        }

        if (TryTake("starts_with"))
        {
            return new Comparison(column, negation + "starts_with", [Value()]);
        }

        if (TryTake("like"))
        {
            throw Invalid($"invalid operator '{negation}like' in `{column} {negation}like '{Value()}'`");
        }

        foreach (var comparison in new[] { "=", "!=", "<>", "<=", ">=", "<", ">" })
        {
            if (negation.Length == 0 && TryTake(comparison))
            {
                return new Comparison(column, comparison == "<>" ? "!=" : comparison, [Value()]);
            }
        }

        throw Current.Kind == TokenKind.End || Current.Is(")") || Current.Is("and") || Current.Is("or") ? Invalid("incomplete expression") : Unexpected();
    }

    private List<Literal> List()
    {
        Expect("(");
        var values = new List<Literal> { Value() };
        while (TryTake(","))
        {
            values.Add(Value());
        }

        Expect(")");
        return values;
    }

    private Literal Value()
    {
        var token = Current;
        at += token.Kind == TokenKind.End ? 0 : 1;
        switch (token.Kind)
        {
            case TokenKind.Text:
                return new Literal(token.Value);
            case TokenKind.Number:
                return long.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                    ? new Literal(whole)
                    : new Literal(double.Parse(token.Value, CultureInfo.InvariantCulture));
            case TokenKind.Word when token.Is("true") || token.Is("false"):
                return new Literal(token.Is("true"));
            case TokenKind.Word or TokenKind.Column when !Keywords.Contains(token.Value):
                throw NotSupported($"column name on the right side of comparison expression (did you forget to quote '{token.Value}'?)");
            default:
                throw QueryLexer.Syntax(token.Position, token.Value);
        }
    }

    private string Column()
    {
        var token = Current;
        if (token.Kind == TokenKind.Column || (token.Kind == TokenKind.Word && !Keywords.Contains(token.Value)))
        {
            at++;
            return token.Value;
        }

        throw Unexpected();
    }

    private bool TryTake(string word)
    {
        if (!Current.Is(word))
        {
            return false;
        }

        at++;
        return true;
    }

    private void Expect(string word)
    {
        if (!TryTake(word))
        {
            throw Unexpected();
        }
    }

    private InvalidQueryException Unexpected() => QueryLexer.Syntax(Current.Position, Current.Value);

    private static InvalidQueryException Invalid(string problem) => new($"invalid expression: {problem}");

    private static InvalidQueryException NotSupported(string what) => new($"operation is not supported: {what}");
}
