using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Functions;

/// <summary>Functions that choose among their arguments.</summary>
internal static class ConditionalFunctions
{
    public static void AddTo(Dictionary<string, Func<CallContext, BoundExpression>> catalog)
    {
        catalog["COALESCE"] = BindCoalesce;
        catalog["IFNULL"] = BindCoalesce;
        catalog["NULLIF"] = BindNullIf;
        catalog["IF"] = BindIf;
        catalog["GREATEST"] = call => BindExtreme(call, ">=");
        catalog["LEAST"] = call => BindExtreme(call, "<=");
    }

    private static BoundExpression BindCoalesce(CallContext call)
    {
        call.ExpectCount(call.Name == "IFNULL" ? 2 : 1, call.Name == "IFNULL" ? 2 : 250);
        var type = CommonType.Of([.. call.Arguments.Select(argument => argument.Type)], call.At);
        var widened = call.Arguments.Select(argument => Casts.Widen(call.Binding, argument, type, call.At)).ToList();
        return new BoundExpression(
            $"coalesce({string.Join(", ", widened.Select(argument => argument.Sql))})", type, CanFail: widened.Any(argument => argument.CanFail));
    }

    private static BoundExpression BindNullIf(CallContext call)
    {
        call.ExpectCount(2, 2);
        CommonType.Of([call[0].Type], call.At);
        var isEqual = Operators.Bind(call.Binding, "=", call[0], call[1], call.At);
        return new BoundExpression($"(CASE WHEN {isEqual.Sql} THEN NULL ELSE {call[0].Sql} END)", call[0].Type, CanFail: isEqual.CanFail);
    }

    private static BoundExpression BindIf(CallContext call)
    {
        call.ExpectCount(3, 3);
        return call[0].Type.Kind == TypeKind.Boolean
            ? Constructors.BindCase(call.Binding, [call[0]], [(call[1], call.At), (call[2], call.At)], call.At)
            : throw call.Mistyped(0, "a condition");
    }

    /// <summary>One NULL makes all NULL, unlike DuckDB's functions of that name.</summary>
    private static BoundExpression BindExtreme(CallContext call, string comparison)
    {
        call.ExpectCount(1, 250);
        var type = CommonType.Of([.. call.Arguments.Select(argument => argument.Type)], call.At);
        if (type.IsText && call.Count > 1)
        {
            throw Operators.Unordered(call.At);
        }

        if (!type.IsText && !type.IsInteger && type.Kind is not (TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampLtz))
        {
            throw call.Refuse($"{call.Name} of {type} is not in the shared subset", "Use a CASE");
        }

        var best = Casts.Widen(call.Binding, call[0], type, call.At);
        foreach (var argument in call.Arguments.Skip(1))
        {
            var other = Casts.Widen(call.Binding, argument, type, call.At);
            var sql = $"(CASE WHEN {best.Sql} {comparison} {other.Sql} THEN {best.Sql} WHEN {best.Sql} IS NOT NULL THEN {other.Sql} END)";
            best = new BoundExpression(sql, type, CanFail: best.CanFail || other.CanFail);
        }

        return best;
    }
}
