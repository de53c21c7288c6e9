using Recoup.Lakehouse.FlinkSql.Syntax;

namespace Recoup.Lakehouse.FlinkSql.Types;

/// <summary>The one type that the branches of a CASE or the arguments of a COALESCE share.</summary>
internal static class CommonType
{
    public static FlinkType Of(IReadOnlyList<FlinkType> types, SourcePosition at)
    {
        if (types.Count == 0)
        {
            throw new FlinkSqlException(at, "every value is NULL without a type", "Write CAST(NULL AS STRING), or the type that is meant");
        }

        var common = types.Aggregate((left, right) => Of(left, right, at));
        return common.Kind == TypeKind.Binary
            ? throw new FlinkSqlException(at, "Flink 2.1 cuts a BINARY here to its declared length, and ENCODE is declared BINARY(1)", "Choose between texts, and ENCODE what was chosen")
            : common;
    }

    private static FlinkType Of(FlinkType left, FlinkType right, SourcePosition at)
    {
        if (left == right)
        {
            return left;
        }

        if (left.IsText && right.IsText)
        {
            return FlinkType.Varchar(Math.Max(left.Precision, right.Precision));
        }

        if (left.IsInteger && right.IsInteger)
        {
            return left.Kind > right.Kind ? left : right;
        }

        if (left.IsExact && right.IsExact)
        {
            return DecimalTypes.Common(DecimalTypes.Of(left), DecimalTypes.Of(right));
        }

        if (left.IsNumeric && right.IsNumeric)
        {
            return FlinkType.Double;
        }

        if (left.Kind == right.Kind && left.IsTimestamp)
        {
            return left.Precision > right.Precision ? left : right;
        }

        throw new FlinkSqlException(at, $"{left} and {right} have no type in common that both engines agree on", "Cast them to one type");
    }
}
