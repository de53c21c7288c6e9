using Recoup.Lakehouse.Dbt.Dialect.Syntax;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>Gives every expression its Trino type and its DuckDB text, or refuses it.</summary>
internal sealed partial class ExpressionBinder(BindingContext context, QueryBinder queries, Scope scope)
{
    /// <summary>Understands an expression. A lint notes a refusal and goes on, as if the type were not known.</summary>
    public Bound Bind(Expression expression)
    {
        try
        {
            return BindKnown(expression);
        }
        catch (DialectException refusal) when (context.Notes(refusal.Finding))
        {
            return new Bound("NULL", TrinoType.Opaque, expression.Line);
        }
    }

    private Bound BindKnown(Expression expression) => expression switch
    {
        NullLiteral => new Bound("NULL", TrinoType.Unknown, expression.Line) { IsSafe = true, IsTypeExact = true },
        BooleanLiteral boolean => Safe(boolean.Value ? "TRUE" : "FALSE", TrinoType.Boolean, expression.Line),
        NumberLiteral number => Literals.Number(number, context),
        TextLiteral text => Literals.Text(text),
        TypedLiteral { Type: "tinyint" or "smallint" or "integer" or "bigint" or "double" or "boolean" } number => BindCast(
            new CastExpression(new TextLiteral(number.Text, number.Line), new TypeSyntax(number.Type, [], [], [], number.Line), false, number.Line)),
        TypedLiteral typed => Literals.Typed(typed, context),
        IntervalLiteral interval => Literals.Interval(interval, context),
        NameExpression name => BindName(name),
        UnaryExpression unary => BindUnary(unary),
        BinaryExpression binary => BindBinary(binary),
        IsNullExpression isNull => Plain($"({Bind(isNull.Operand).Sql} IS {(isNull.IsNot ? "NOT " : "")}NULL)", TrinoType.Boolean, isNull.Line),
        BetweenExpression between => BindBetween(between),
        InListExpression list => BindInList(list),
        InQueryExpression query => BindInQuery(query),
        LikeExpression like => BindLike(like),
        ExistsExpression exists => Plain($"EXISTS ({BindCorrelated(exists.Query).Sql})", TrinoType.Boolean, exists.Line),
        SubqueryExpression subquery => BindSubquery(subquery),
        QuantifiedExpression quantified => BindQuantified(quantified),
        CaseExpression choice => BindCase(choice),
        CastExpression cast => BindCast(cast),
        ExtractExpression extract => BindExtract(extract),
        AtTimeZoneExpression zone => BindAtTimeZone(Bind(zone.Operand), Bind(zone.Zone), zone.Line),
        ArrayExpression array => BindArray(array),
        RowExpression row => BindRow(row),
        SubscriptExpression subscript => BindSubscript(subscript),
        FieldExpression field => BindField(Bind(field.Operand), field.Field, field.Line),
        CallExpression call => BindCall(call),
        LambdaExpression => throw context.Refuse("L15", expression.Line, "a lambda stands where no function takes one", "Keep lambdas to transform, filter, any_match, all_match and none_match"),
        _ => throw context.Refuse("L14", expression.Line, "this expression stands where none can", "Write it as Trino's grammar has it"),
    };

    /// <summary>An expression that must be a condition.</summary>
    public Bound BindCondition(Expression expression)
    {
        var condition = Bind(expression);
        return condition.Type.Kind is TypeKind.Boolean or TypeKind.Unknown or TypeKind.Opaque
            ? Coercion.To(condition, TrinoType.Boolean)
            : throw context.Refuse("L06", expression.Line, $"a condition is of type {condition.Type}", "Compare it with something");
    }

    private static Bound Plain(string sql, TrinoType type, int line) => new(sql, type, line);

    private static Bound Safe(string sql, TrinoType type, int line) => new(sql, type, line) { IsSafe = true, IsTypeExact = true };

    private DialectException Mismatch(int line, string what, TrinoType left, TrinoType right) =>
        context.Refuse("L06", line, $"{what} has {left} on one side and {right} on the other, which Trino refuses", "CAST one side to the other's type");
}
