using Recoup.Lakehouse.FlinkSql.Functions;
using Recoup.Lakehouse.FlinkSql.Syntax;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Binding;

/// <summary>
/// Gives each node of an expression its type and the SQL by which DuckDB computes Flink's value. What DuckDB computes
/// otherwise is a function of our own; what is not understood is refused with its place.
/// </summary>
/// <param name="isGuarded">A condition has looked at the row before: its casts need no other.</param>
internal sealed class ExpressionBinder(BindingContext binding, Scope scope, bool isGuarded = true)
{
    private int guards = isGuarded ? 1 : 0;

    public BoundExpression Bind(Expression expression) => expression switch
    {
        TextLiteral or NumberLiteral or BooleanLiteral or BinaryLiteral or TemporalLiteral or IntervalLiteral => Literals.Bind(expression),
        NullLiteral literal => throw new FlinkSqlException(literal.At, "a NULL without a type is refused by Flink here", "Write CAST(NULL AS STRING), or the type that is meant"),
        ColumnReference reference => scope.Resolve(reference),
        SymbolArgument => new BoundExpression(string.Empty, FlinkType.Symbol),
        FunctionCall call => FunctionCatalog.Bind(new CallContext(call, [.. call.Arguments.Select(Bind)], binding)),
        CastExpression { Operand: NullLiteral } cast => BindNull(TypeResolver.Resolve(cast.Target)),
        CastExpression cast => BindCast(cast),
        CaseExpression conditional => BindCase(conditional),
        UnaryExpression unary => BindUnary(unary),
        BinaryExpression { Operator: "AND" or "OR" } logical => BindLogical(logical),
        BinaryExpression binary => Operators.Bind(binding, binary.Operator, Bind(binary.Left), Bind(binary.Right), binary.At),
        IsExpression predicate => Predicates.BindIs(binding, predicate, Bind(predicate.Operand)),
        DistinctFromExpression distinct => Predicates.BindDistinct(distinct, Bind(distinct.Left), Bind(distinct.Right)),
        BetweenExpression between => BindBetween(between),
        InExpression membership => BindIn(membership),
        LikeExpression like => Predicates.BindLike(binding, like, Bind(like.Operand), Bind(like.Pattern), like.Escape is null ? null : Bind(like.Escape)),
        RowExpression row => Constructors.BindRow(row, [.. row.Fields.Select(Bind)]),
        ArrayExpression array => BindArray(array),
        MapExpression map => throw new FlinkSqlException(map.At, "MAP is not in the shared subset", "Use ARRAY, or columns"),
        ElementAccess access => Constructors.BindAccess(binding, Bind(access.Collection), Bind(access.Index), access.At),
        _ => throw new FlinkSqlException(expression.At, "this expression is not in the shared subset", "See docs/FLINKSQL.md"),
    };

    /// <summary>Binds an expression that must be a condition.</summary>
    public BoundExpression BindCondition(Expression expression)
    {
        var condition = Bind(expression);
        return condition.Type.Kind == TypeKind.Boolean
            ? condition
            : throw new FlinkSqlException(expression.At, $"a condition is expected, not {condition.Type}", "Compare the value with something");
    }

    private static BoundExpression BindNull(FlinkType type) => new($"CAST(NULL AS {PhysicalTypes.Name(type)})", type);

    private BoundExpression BindCast(CastExpression cast)
    {
        var operand = Bind(cast.Operand);
        var target = TypeResolver.Resolve(cast.Target);
        if (guards == 0 && operand.Type.IsText && operand.Constant is null && !target.IsText && !target.IsBinary)
        {
            binding.UnguardedCasts.Add(cast);
        }

        return Casts.Bind(binding, operand, target, cast.IsTry, cast.At);
    }

    private BoundExpression BindUnary(UnaryExpression unary)
    {
        if (unary.Operator == "NOT")
        {
            var condition = BindCondition(unary.Operand);
            return condition with { Sql = $"(NOT {condition.Sql})", Constant = null };
        }

        return unary is { Operator: "-", Operand: NumberLiteral number }
            ? Literals.BindNegative(number)
            : Operators.BindSign(binding, unary.Operator, Bind(unary.Operand), unary.At);
    }

    /// <summary>Flink leaves the right side alone when the left one decides; DuckDB computes both.</summary>
    private BoundExpression BindLogical(BinaryExpression logical)
    {
        var left = BindCondition(logical.Left);
        var right = BindCondition(logical.Right);
        var canFail = left.CanFail || right.CanFail;
        var sql = !right.CanFail ? $"({left.Sql} {logical.Operator} {right.Sql})"
            : logical.Operator == "AND" ? $"(CASE WHEN NOT {left.Sql} THEN FALSE ELSE {left.Sql} AND {right.Sql} END)"
            : $"(CASE WHEN {left.Sql} THEN TRUE ELSE {left.Sql} OR {right.Sql} END)";
        return new BoundExpression(sql, FlinkType.Boolean, CanFail: canFail);
    }

    private BoundExpression BindCase(CaseExpression conditional)
    {
        var conditions = new List<BoundExpression>();
        var results = new List<(BoundExpression? Value, SourcePosition At)>();
        var operand = conditional.Operand is null ? null : Bind(conditional.Operand);
        foreach (var branch in conditional.Branches)
        {
            conditions.Add(operand is null
                ? BindCondition(branch.Condition)
                : Operators.Bind(binding, "=", operand, Bind(branch.Condition), branch.Condition.At));
            guards++;
            results.Add((BindOrNull(branch.Result), branch.Result.At));
        }

        results.Add(conditional.Else is null ? (null, conditional.At) : (BindOrNull(conditional.Else), conditional.Else.At));
        guards -= conditional.Branches.Count;
        return Constructors.BindCase(binding, conditions, results, conditional.At);
    }

    private BoundExpression? BindOrNull(Expression expression) => expression is NullLiteral ? null : Bind(expression);

    private BoundExpression BindBetween(BetweenExpression between)
    {
        var operand = Bind(between.Operand);
        var low = Bind(between.Low);
        var high = Bind(between.High);
        var inside = BindRange(operand, low, high, between.At);
        if (between.IsSymmetric)
        {
            var swapped = BindRange(operand, high, low, between.At);
            inside = new BoundExpression($"({inside.Sql} OR {swapped.Sql})", FlinkType.Boolean, CanFail: inside.CanFail);
        }

        return between.IsNegated ? inside with { Sql = $"(NOT {inside.Sql})" } : inside;
    }

    private BoundExpression BindRange(BoundExpression operand, BoundExpression low, BoundExpression high, SourcePosition at)
    {
        var above = Operators.Bind(binding, ">=", operand, low, at);
        var below = Operators.Bind(binding, "<=", operand, high, at);
        return new BoundExpression($"({above.Sql} AND {below.Sql})", FlinkType.Boolean, CanFail: above.CanFail || below.CanFail);
    }

    private BoundExpression BindIn(InExpression membership)
    {
        var operand = Bind(membership.Operand);
        var tests = membership.Values.Select(value => Operators.Bind(binding, "=", operand, Bind(value), value.At)).ToList();
        var canFail = tests.Any(test => test.CanFail);
        var sql = tests.Count == 0
            ? throw new FlinkSqlException(membership.At, "IN has no values", "Write at least one")
            : $"({string.Join(" OR ", tests.Select(test => test.Sql))})";
        return new BoundExpression(membership.IsNegated ? $"(NOT {sql})" : sql, FlinkType.Boolean, CanFail: canFail);
    }

    private BoundExpression BindArray(ArrayExpression array)
    {
        var rows = array.Elements.All(element => element is RowExpression)
            ? array.Elements.Cast<RowExpression>().Select(row => (IReadOnlyList<BoundExpression>)[.. row.Fields.Select(Bind)]).ToList()
            : null;
        return Constructors.BindArray(binding, array, [.. array.Elements.Select(Bind)], rows);
    }
}
