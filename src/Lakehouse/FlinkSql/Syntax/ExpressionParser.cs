namespace Recoup.Lakehouse.FlinkSql.Syntax;

/// <summary>
/// Reads an expression by operator precedence. The strengths are those of Calcite, which Flink's parser is made of:
/// <c>s || t IS NULL</c> asks whether the whole text is NULL, <c>a = b IS NULL</c> whether the comparison is.
/// </summary>
internal sealed class ExpressionParser(TokenReader tokens)
{
    private const int OrStrength = 22;
    private const int AndStrength = 24;
    private const int NotStrength = 26;
    private const int IsStrength = 28;
    private const int CompareStrength = 30;
    private const int LikeStrength = 32;
    private const int AddStrength = 40;
    private const int MultiplyStrength = 60;
    private const int SignStrength = 80;

    public Expression Read() => Read(0);

    /// <summary>An expression without IN, BETWEEN and comparisons: what stands before IN in POSITION(a IN b).</summary>
    public Expression ReadOperand() => Read(LikeStrength);

    public IReadOnlyList<Expression> ReadList(string close)
    {
        var items = new List<Expression>();
        if (!tokens.IsSymbol(close))
        {
            do
            {
                items.Add(Read());
            }
            while (tokens.TakeIfSymbol(","));
        }

        tokens.ExpectSymbol(close);
        return items;
    }

    private Expression Read(int strength)
    {
        var left = ReadPrefix();
        while (true)
        {
            var next = ReadInfix(left, strength);
            if (next is null)
            {
                return left;
            }

            left = next;
        }
    }

    private Expression ReadPrefix()
    {
        var at = tokens.At;
        if (tokens.TakeIfWord("NOT"))
        {
            return new UnaryExpression("NOT", Read(NotStrength), at);
        }

        if (tokens.IsSymbol("-") || tokens.IsSymbol("+"))
        {
            var sign = tokens.Take().Text;
            return new UnaryExpression(sign, Read(SignStrength), at);
        }

        return ReadAccess(new PrimaryParser(tokens, this).Read());
    }

    private Expression ReadAccess(Expression value)
    {
        while (tokens.IsSymbol("["))
        {
            var at = tokens.Take().At;
            var index = Read();
            tokens.ExpectSymbol("]");
            value = new ElementAccess(value, index, at);
        }

        return value;
    }

    private Expression? ReadInfix(Expression left, int strength)
    {
        var token = tokens.Current;
        if (token.Kind == TokenKind.Symbol)
        {
            return ReadSymbolOperator(left, token, strength);
        }

        if (token.Kind != TokenKind.Word)
        {
            return null;
        }

        return token.Text.ToUpperInvariant() switch
        {
            "OR" when strength < OrStrength => ReadBinary(left, "OR", OrStrength),
            "AND" when strength < AndStrength => ReadBinary(left, "AND", AndStrength),
            "IS" when strength < IsStrength => ReadIs(left),
            "NOT" when strength < LikeStrength && StartsNegated(tokens.Peek(1)) => ReadNegated(left),
            "BETWEEN" or "IN" or "LIKE" or "SIMILAR" when strength < LikeStrength => ReadLikeOperator(left, isNegated: false),
            "OVERLAPS" when strength < CompareStrength => ReadOverlaps(left),
            _ => null,
        };
    }

    private BinaryExpression? ReadSymbolOperator(Expression left, Token token, int strength)
    {
        var own = token.Text switch
        {
            "=" or "<>" or "<" or "<=" or ">" or ">=" => CompareStrength,
            "+" or "-" => AddStrength,
            "*" or "/" or "%" or "||" => MultiplyStrength,
            _ => 0,
        };
        return own > strength ? ReadBinary(left, token.Text, own) : null;
    }

    private BinaryExpression ReadBinary(Expression left, string name, int strength)
    {
        var at = tokens.Take().At;
        return new BinaryExpression(name, left, Read(strength), at);
    }

    private static bool StartsNegated(Token next) =>
        next.IsWord("BETWEEN") || next.IsWord("IN") || next.IsWord("LIKE") || next.IsWord("SIMILAR");

    private Expression ReadNegated(Expression left)
    {
        tokens.ExpectWord("NOT");
        return ReadLikeOperator(left, isNegated: true);
    }

    private Expression ReadLikeOperator(Expression left, bool isNegated)
    {
        var at = tokens.At;
        if (tokens.TakeIfWord("BETWEEN"))
        {
            var symmetric = tokens.TakeIfWord("SYMMETRIC");
            if (!symmetric)
            {
                tokens.TakeIfWord("ASYMMETRIC");
            }

            var low = Read(LikeStrength);
            tokens.ExpectWord("AND");
            return new BetweenExpression(left, low, Read(LikeStrength), isNegated, symmetric, at);
        }

        if (tokens.TakeIfWord("IN"))
        {
            return ReadIn(left, isNegated, at);
        }

        var similar = tokens.Take().IsWord("SIMILAR");
        if (similar)
        {
            tokens.ExpectWord("TO");
        }

        var pattern = Read(LikeStrength);
        var escape = tokens.TakeIfWord("ESCAPE") ? Read(LikeStrength) : null;
        return new LikeExpression(left, pattern, escape, isNegated, similar, at);
    }

    private InExpression ReadIn(Expression left, bool isNegated, SourcePosition at)
    {
        tokens.ExpectSymbol("(");
        if (tokens.IsWord("SELECT") || tokens.IsWord("WITH"))
        {
            throw new FlinkSqlException(at, "IN (SELECT ...) needs what other records hold, which a batch does not have", "List the values");
        }

        return new InExpression(left, ReadList(")"), isNegated, at);
    }

    private Expression ReadIs(Expression left)
    {
        var at = tokens.Take().At;
        var negated = tokens.TakeIfWord("NOT");
        if (tokens.TakeIfWord("DISTINCT"))
        {
            tokens.ExpectWord("FROM");
            return new DistinctFromExpression(left, Read(CompareStrength), negated, at);
        }

        if (tokens.TakeIfWord("JSON"))
        {
            return new IsExpression(left, $"JSON {ReadJsonKind()}", negated, at);
        }

        foreach (var predicate in (ReadOnlySpan<string>)["NULL", "TRUE", "FALSE", "UNKNOWN"])
        {
            if (tokens.TakeIfWord(predicate))
            {
                return new IsExpression(left, predicate, negated, at);
            }
        }

        throw tokens.Unexpected("NULL, TRUE, FALSE, UNKNOWN, JSON or DISTINCT FROM");
    }

    private string ReadJsonKind()
    {
        foreach (var kind in (ReadOnlySpan<string>)["VALUE", "OBJECT", "ARRAY", "SCALAR"])
        {
            if (tokens.TakeIfWord(kind))
            {
                return kind;
            }
        }

        return "VALUE";
    }

    private FunctionCall ReadOverlaps(Expression left)
    {
        var at = tokens.Take().At;
        return new FunctionCall("OVERLAPS", [left, Read(CompareStrength)], at);
    }
}
