using Recoup.Lakehouse.FlinkSql.Functions;
using Recoup.Lakehouse.FlinkSql.Syntax;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Binding;

/// <summary>Comparisons, arithmetic and ||. DuckDB's own are used where it gives the same for every value.</summary>
internal static class Operators
{
    public static BoundExpression Bind(BindingContext binding, string name, BoundExpression left, BoundExpression right, SourcePosition at) => name switch
    {
        "=" or "<>" or "<" or "<=" or ">" or ">=" => Compare(binding, name, left, right, at),
        "||" => Concatenate(left, right, at),
        _ => Compute(binding, name, left, right, at),
    };

    public static BoundExpression BindSign(BindingContext binding, string sign, BoundExpression operand, SourcePosition at)
    {
        if (!operand.Type.IsNumeric)
        {
            throw new FlinkSqlException(at, $"a sign before {operand.Type} is not read", "Cast it to a number");
        }

        return sign == "+" ? operand : Arithmetic.Negate(binding, operand, at);
    }

    private static BoundExpression Compare(BindingContext binding, string name, BoundExpression left, BoundExpression right, SourcePosition at)
    {
        var native = (left.Type, right.Type) switch
        {
            ({ IsText: true }, { IsText: true }) => name is "=" or "<>" ? true : throw Unordered(at),
            ({ IsBinary: true }, { IsBinary: true }) => name is "=" or "<>",
            ({ IsInteger: true }, { IsInteger: true }) => true,
            ({ Kind: TypeKind.Boolean }, { Kind: TypeKind.Boolean }) => name is "=" or "<>",
            ({ Kind: TypeKind.Date }, { Kind: TypeKind.Date }) => true,
            ({ Kind: TypeKind.Timestamp }, { Kind: TypeKind.Timestamp }) => true,
            ({ Kind: TypeKind.TimestampLtz }, { Kind: TypeKind.TimestampLtz }) => true,
            _ => false,
        };
        if (native)
        {
            return new BoundExpression($"({left.Sql} {name} {right.Sql})", FlinkType.Boolean, CanFail: left.CanFail || right.CanFail);
        }

        return left.Type.IsNumeric && right.Type.IsNumeric
            ? Arithmetic.Compare(binding, name, left, right)
            : throw new FlinkSqlException(at, $"{left.Type} {name} {right.Type} is not in the shared subset: Flink casts one side by rules of its own", "Cast one side");
    }

    /// <summary>By UTF-16 units while Flink holds a Java text, by bytes of UTF-8 once it has written it: beyond U+FFFF they differ.</summary>
    public static FlinkSqlException Unordered(SourcePosition at) =>
        new(at, "the order of texts depends in Flink on how a text is held at the moment", "Compare numbers or times; = and <> are read");

    private static BoundExpression Concatenate(BoundExpression left, BoundExpression right, SourcePosition at) =>
        left.Type.IsText && right.Type.IsText
            ? new BoundExpression($"({left.Sql} || {right.Sql})", FlinkType.String, CanFail: left.CanFail || right.CanFail)
            : throw new FlinkSqlException(at, $"{left.Type} || {right.Type} is refused by Flink", "Cast both sides to STRING");

    private static BoundExpression Compute(BindingContext binding, string name, BoundExpression left, BoundExpression right, SourcePosition at) =>
        left.Type.IsNumeric && right.Type.IsNumeric ? Arithmetic.Bind(binding, name, left, right, at)
        : TimeArithmetic.Bind(binding, name, left, right, at);
}
