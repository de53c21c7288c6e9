using System.Runtime.CompilerServices;
using Recoup.Lakehouse.Dbt.Jinja.Expressions;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Syntax;

/// <summary>
/// Jinja's expressions, loosest first: <c>if else</c>, <c>or</c>, <c>and</c>, <c>not</c>, comparisons, <c>+ -</c>, <c>~</c>,
/// <c>* / // %</c>, <c>**</c> (from the left), <c>-x</c>, then calls, items and filters.
/// </summary>
internal sealed class ExpressionParser(TokenStream tokens, UnknownNames unknown, MacroMentions mentions)
{
    private readonly PrimaryParser _primary = new(tokens, mentions);

    public Expression Parse() => Conditional();

    /// <summary>An expression, or several with commas between them as a tuple.</summary>
    /// <param name="end">A name that ends the tuple.</param>
    public Expression Tuple(bool withConditional = true, string? end = null, bool isParenthesized = false) =>
        TupleParser.Parse(tokens, withConditional ? Conditional : Or, end, isParenthesized);

    public Expression Primary() => _primary.Parse(this);

    private Expression Conditional()
    {
        var line = tokens.Current.Line;
        var mark = unknown.Mark;
        var then = Or();
        while (tokens.SkipName("if"))
        {
            var test = Or();
            var otherwise = tokens.SkipName("else") ? Conditional() : null;
            then = new Conditional(test, then, otherwise, line);
            unknown.Forgive(mark);
            line = tokens.Current.Line;
        }

        return then;
    }

    private Expression Or()
    {
        var line = tokens.Current.Line;
        var left = And();
        while (tokens.SkipName("or"))
        {
            left = new Or(left, And(), line);
        }

        return left;
    }

    private Expression And()
    {
        var line = tokens.Current.Line;
        var left = Not();
        while (tokens.SkipName("and"))
        {
            left = new And(left, Not(), line);
        }

        return left;
    }

    private Expression Not() => tokens.Current.IsName("not") ? new Not(AfterNot(), tokens.Current.Line) : Comparison();

    private Expression AfterNot()
    {
        EnsureDepth();
        tokens.Next();
        return Not();
    }

    private Expression Comparison()
    {
        var line = tokens.Current.Line;
        var first = Sum();
        List<(string, Expression)> rest = [];
        while (ComparisonSymbol() is { } symbol)
        {
            rest.Add((symbol, Sum()));
        }

        return rest.Count == 0 ? first : new Comparison(first, rest, line);
    }

    private string? ComparisonSymbol()
    {
        if (tokens.Current is { Kind: TokenKind.Operator, Text: "==" or "!=" or "<" or "<=" or ">" or ">=" })
        {
            return tokens.Next().Text;
        }

        if (tokens.SkipName("in"))
        {
            return "in";
        }

        if (!tokens.Current.IsName("not") || !tokens.Look().IsName("in"))
        {
            return null;
        }

        tokens.Next();
        tokens.Next();
        return "not in";
    }

    private Expression Sum() => Chain(Concatenation, symbol => symbol switch
    {
        "+" => PyArithmetic.Add,
        "-" => PyArithmetic.Subtract,
        _ => null,
    });

    private Expression Concatenation()
    {
        var line = tokens.Current.Line;
        List<Expression> parts = [Product()];
        while (tokens.Skip("~"))
        {
            parts.Add(Product());
        }

        return parts.Count == 1 ? parts[0] : new Concatenation(parts, line);
    }

    private Expression Product() => Chain(Power, symbol => symbol switch
    {
        "*" => PyArithmetic.Multiply,
        "/" => PyArithmetic.Divide,
        "//" => PyArithmetic.FloorDivide,
        "%" => PyArithmetic.Modulo,
        _ => null,
    });

    private Expression Power() => Chain(() => Unary(withFilter: true), symbol => symbol == "**" ? PyArithmetic.Power : null);

    /// <summary>Operators of one rank, from the left.</summary>
    private Expression Chain(Func<Expression> operand, Func<string, Func<object?, object?, object?>?> operation)
    {
        var line = tokens.Current.Line;
        var left = operand();
        while (tokens.Current.Kind == TokenKind.Operator && operation(tokens.Current.Text) is { } compute)
        {
            tokens.Next();
            left = new Binary(compute, left, operand(), line);
        }

        return left;
    }

    private Expression Unary(bool withFilter)
    {
        EnsureDepth();
        var line = tokens.Current.Line;
        var operand = tokens.Current switch
        {
            { Kind: TokenKind.Operator, Text: "-" } => Signed(PyArithmetic.Negate, line),
            { Kind: TokenKind.Operator, Text: "+" } => Signed(PyArithmetic.Positive, line),
            _ => Primary(),
        };
        operand = Postfix(operand);
        return withFilter ? Filters(operand) : operand;
    }

    private Unary Signed(Func<object?, object?> compute, int line)
    {
        tokens.Next();
        return new(compute, Unary(withFilter: false), line);
    }

    private Expression Postfix(Expression target)
    {
        while (tokens.Current is { Kind: TokenKind.Operator, Text: "." or "[" or "(" } next)
        {
            target = next.Text == "(" ? new Call(target, Arguments(), next.Line) : new SubscriptParser(tokens, this).Parse(target);
        }

        return target;
    }

    private Expression Filters(Expression target)
    {
        while (true)
        {
            var line = tokens.Current.Line;
            if (tokens.Current.Is("|"))
            {
                target = Filter(target);
            }
            else if (tokens.Current.IsName("is"))
            {
                target = Test(target);
            }
            else if (tokens.Current.Is("("))
            {
                target = new Call(target, Arguments(), line);
            }
            else
            {
                return target;
            }
        }
    }

    /// <summary>Filters after a value, or after a <c>set</c> or <c>filter</c> tag, which has none.</summary>
    /// <param name="startsInline">The first has no bar before it.</param>
    public FilterApplication? FilterChain(bool startsInline)
    {
        FilterApplication? chain = startsInline ? Filter(null, hasBar: false) : null;
        while (tokens.Current.Is("|"))
        {
            chain = Filter(chain);
        }

        return chain;
    }

    private FilterApplication Filter(Expression? target, bool hasBar = true)
    {
        if (hasBar)
        {
            tokens.Next();
        }

        var line = tokens.Current.Line;
        var name = DottedName();
        var arguments = tokens.Current.Is("(") ? Arguments() : CallArguments.None;
        if (!Jinja.Filters.FilterCatalog.Exists(name))
        {
            unknown.Add($"No filter named '{name}'.", line);
        }

        return new(target, name, arguments, line);
    }

    private Expression Test(Expression target)
    {
        var line = tokens.Next().Line;
        var isNegated = tokens.SkipName("not");
        var name = DottedName();
        if (!Testing.TestCatalog.Exists(name))
        {
            unknown.Add($"No test named '{name}'.", line);
        }

        var test = new TestApplication(target, name, TestArguments(), line);
        return isNegated ? new Not(test, line) : test;
    }

    private CallArguments TestArguments()
    {
        if (tokens.Current.Is("("))
        {
            return Arguments();
        }

        var startsArgument = tokens.Current.Kind is TokenKind.Name or TokenKind.Text or TokenKind.Integer or TokenKind.Float
            || tokens.Current is { Kind: TokenKind.Operator, Text: "[" or "{" };
        if (!startsArgument || tokens.Current.IsName("else") || tokens.Current.IsName("or") || tokens.Current.IsName("and"))
        {
            return CallArguments.None;
        }

        return tokens.Current.IsName("is")
            ? throw new JinjaException(JinjaErrorKind.Syntax, "You cannot chain multiple tests with is", tokens.Current.Line)
            : new([Postfix(Primary())], [], null, null);
    }

    private string DottedName()
    {
        var name = tokens.Expect(TokenKind.Name).Text;
        while (tokens.Skip("."))
        {
            name += "." + tokens.Expect(TokenKind.Name).Text;
        }

        return name;
    }

    private CallArguments Arguments() => new CallArgumentsParser(tokens, this).Parse();

    /// <summary>Python gives up at some depth too.</summary>
    private void EnsureDepth()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new JinjaException(JinjaErrorKind.Syntax, "too many nested parentheses", tokens.Current.Line);
        }
    }
}
