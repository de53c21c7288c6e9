using Recoup.Lakehouse.FlinkSql.Functions;
using Recoup.Lakehouse.FlinkSql.Semantics;
using Recoup.Lakehouse.FlinkSql.Syntax;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Binding;

/// <summary>IS, LIKE, SIMILAR TO and DISTINCT FROM.</summary>
internal static class Predicates
{
    public static BoundExpression BindIs(BindingContext binding, IsExpression predicate, BoundExpression operand)
    {
        var negation = predicate.IsNegated ? "NOT " : string.Empty;
        if (predicate.Predicate == "NULL")
        {
            return new BoundExpression($"({operand.Sql} IS {negation}NULL)", FlinkType.Boolean, CanFail: operand.CanFail);
        }

        if (predicate.Predicate is "TRUE" or "FALSE" or "UNKNOWN")
        {
            var wanted = predicate.Predicate == "UNKNOWN" ? "NULL" : predicate.Predicate;
            return operand.Type.Kind == TypeKind.Boolean
                ? new BoundExpression($"({operand.Sql} IS {negation}{wanted})", FlinkType.Boolean, CanFail: operand.CanFail)
                : throw new FlinkSqlException(predicate.At, $"IS {predicate.Predicate} asks of a condition, not of {operand.Type}", "Compare the value first");
        }

        if (!operand.Type.IsText)
        {
            throw new FlinkSqlException(predicate.At, $"IS JSON asks of a text, not of {operand.Type}", "Cast it to STRING");
        }

        var found = JsonFunctions.BindIsJson(binding, operand, predicate.Predicate);
        return predicate.IsNegated ? found with { Sql = $"(NOT {found.Sql})" } : found;
    }

    public static BoundExpression BindDistinct(DistinctFromExpression distinct, BoundExpression left, BoundExpression right)
    {
        var same = (left.Type.IsText && right.Type.IsText) || (left.Type.IsInteger && right.Type.IsInteger)
            || (left.Type.Kind == right.Type.Kind && left.Type.Kind is TypeKind.Boolean or TypeKind.Date);
        return same
            ? new BoundExpression(
                $"({left.Sql} IS {(distinct.IsNegated ? "NOT " : string.Empty)}DISTINCT FROM {right.Sql})", FlinkType.Boolean, CanFail: left.CanFail || right.CanFail)
            : throw new FlinkSqlException(distinct.At, $"{left.Type} IS DISTINCT FROM {right.Type} is not in the shared subset", "Cast both sides to one type");
    }

    public static BoundExpression BindLike(
        BindingContext binding, LikeExpression like, BoundExpression operand, BoundExpression pattern, BoundExpression? escape)
    {
        if (like.IsSimilar)
        {
            throw new FlinkSqlException(like.At, "SIMILAR TO is a second language of patterns, which is not in the shared subset", "Write REGEXP(text, pattern)");
        }

        if (!operand.Type.IsText || !pattern.Type.IsText)
        {
            throw new FlinkSqlException(like.At, $"{operand.Type} LIKE {pattern.Type} is refused by Flink", "Cast both sides to STRING");
        }

        if (pattern.ConstantText is null || (escape is not null && escape.ConstantText is null))
        {
            throw new FlinkSqlException(like.At, "the pattern must be known before the job starts", "Write it as a text");
        }

        var matcher = LikePattern.Compile(pattern.ConstantText, escape?.ConstantText, like.At);
        var name = $"like {pattern.ConstantText} escape {escape?.ConstantText}";
        var found = binding.Call(
            name, FlinkType.Boolean, (in Native.Arguments arguments, ref Native.Result result) => result.Boolean(matcher(arguments.Bytes(0))), [operand]);
        return like.IsNegated ? found with { Sql = $"(NOT {found.Sql})" } : found;
    }
}
