using System.Numerics;
using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Functions;

/// <summary>Functions of numbers.</summary>
internal static class NumberFunctions
{
    public static void AddTo(Dictionary<string, Func<CallContext, BoundExpression>> catalog)
    {
        catalog["MOD"] = call =>
        {
            call.ExpectCount(2, 2);
            return call[0].Type.IsExact && call[1].Type.IsExact
                ? Operators.Bind(call.Binding, "%", call[0], call[1], call.At)
                : throw call.Mistyped(call[0].Type.IsExact ? 1 : 0, "an exact number");
        };
        catalog["ABS"] = BindAbsolute;
        catalog["FLOOR"] = call => BindRounding(call, Math.Floor, isUp: false);
        catalog["CEIL"] = call => BindRounding(call, Math.Ceiling, isUp: true);
    }

    private static BoundExpression BindAbsolute(CallContext call)
    {
        call.ExpectCount(1, 1);
        var type = call[0].Type;
        RowFunction body = type.Kind switch
        {
            TypeKind.Int => (in Arguments arguments, ref Result result) => result.Int32(unchecked(arguments.Int32(0) < 0 ? -arguments.Int32(0) : arguments.Int32(0))),
            TypeKind.BigInt => (in Arguments arguments, ref Result result) => result.Int64(unchecked(arguments.Int64(0) < 0 ? -arguments.Int64(0) : arguments.Int64(0))),
            TypeKind.Double => (in Arguments arguments, ref Result result) => result.Double(Math.Abs(arguments.Double(0))),
            TypeKind.Decimal => (in Arguments arguments, ref Result result) => ExactNumbers.Write(ref result, Int128.Abs(ExactNumbers.Read(arguments, 0, type)), type),
            _ => throw call.Mistyped(0, "INT, BIGINT, DECIMAL or DOUBLE"),
        };
        return call.Kernel(type, body, [call[0]]);
    }

    private static BoundExpression BindRounding(CallContext call, Func<double, double> round, bool isUp)
    {
        call.ExpectCount(1, 1);
        var type = call[0].Type;
        if (type.IsInteger)
        {
            return call[0] with { Constant = null };
        }

        if (type.Kind == TypeKind.Double)
        {
            return call.Kernel(type, (in Arguments arguments, ref Result result) => result.Double(round(arguments.Double(0))), [call[0]]);
        }

        if (type.Kind != TypeKind.Decimal)
        {
            throw call.Mistyped(0, "DECIMAL or DOUBLE");
        }

        var target = FlinkType.Decimal(type.Precision, 0);
        return call.Kernel(
            target,
            (in Arguments arguments, ref Result result) =>
            {
                var quotient = BigInteger.DivRem(ExactNumbers.Read(arguments, 0, type), BigInteger.Pow(10, type.Scale), out var rest);
                quotient += isUp && rest.Sign > 0 ? 1 : !isUp && rest.Sign < 0 ? -1 : 0;
                ExactNumbers.WriteDecimal(ref result, quotient, 0, target);
            },
            [call[0]]);
    }
}
