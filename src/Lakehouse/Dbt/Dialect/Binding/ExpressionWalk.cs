using Recoup.Lakehouse.Dbt.Dialect.Syntax;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>Looks through an expression, but not into subqueries.</summary>
internal static class ExpressionWalk
{
    public static IEnumerable<NameExpression> Names(Expression expression) => All(expression).OfType<NameExpression>();

    private static IEnumerable<Expression> All(Expression expression) => Children(expression).SelectMany(All).Prepend(expression);

    private static IEnumerable<Expression> Children(Expression expression) => expression switch
    {
        UnaryExpression e => [e.Operand],
        BinaryExpression e => [e.Left, e.Right],
        IsNullExpression e => [e.Operand],
        BetweenExpression e => [e.Operand, e.Low, e.High],
        InListExpression e => [e.Operand, .. e.Items],
        InQueryExpression e => [e.Operand],
        LikeExpression e => [e.Operand, e.Pattern],
        QuantifiedExpression e => [e.Left],
        CaseExpression e => [.. Optional(e.Operand), .. e.Branches.SelectMany(branch => new[] { branch.When, branch.Then }), .. Optional(e.Otherwise)],
        CastExpression e => [e.Operand],
        ExtractExpression e => [e.Operand],
        AtTimeZoneExpression e => [e.Operand],
        ArrayExpression e => e.Items,
        RowExpression e => e.Items,
        SubscriptExpression e => [e.Operand, e.Index],
        FieldExpression e => [e.Operand],
        LambdaExpression e => [e.Body],
        CallExpression e => [.. e.Arguments, .. e.OrderBy.Select(item => item.Expression), .. Optional(e.Filter), .. Window(e.Window)],
        _ => [],
    };

    private static Expression[] Optional(Expression? expression) => expression is null ? [] : [expression];

    private static IEnumerable<Expression> Window(WindowSyntax? window) => window is null ? [] : [.. window.PartitionBy, .. window.OrderBy.Select(item => item.Expression)];
}
