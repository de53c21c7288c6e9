using System.Numerics;
using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Semantics;
using Recoup.Lakehouse.FlinkSql.Syntax;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Functions;

/// <summary>
/// Arithmetic as in Java: integers wrap, their division cuts off, by zero fails the job; decimals that do not fit are NULL.
/// </summary>
internal static class Arithmetic
{
    public static BoundExpression Bind(BindingContext binding, string name, BoundExpression left, BoundExpression right, SourcePosition at)
    {
        if (left.Type.IsApproximate || right.Type.IsApproximate)
        {
            return BindDouble(binding, name, left, right, at);
        }

        return left.Type.IsInteger && right.Type.IsInteger ? BindInteger(binding, name, left, right, at) : BindDecimal(binding, name, left, right, at);
    }

    public static BoundExpression Negate(BindingContext binding, BoundExpression operand, SourcePosition at)
    {
        var type = operand.Type;
        RowFunction body = type.Kind switch
        {
            TypeKind.Int => (in Arguments arguments, ref Result result) => result.Int32(unchecked(-arguments.Int32(0))),
            TypeKind.BigInt => (in Arguments arguments, ref Result result) => result.Int64(unchecked(-arguments.Int64(0))),
            TypeKind.Double => (in Arguments arguments, ref Result result) => result.Double(-arguments.Double(0)),
            TypeKind.Decimal => (in Arguments arguments, ref Result result) => ExactNumbers.Write(ref result, -ExactNumbers.Read(arguments, 0, type), type),
            _ => throw Small(type, at),
        };
        return binding.Call("negate", type, body, [operand]);
    }

    /// <summary>Between numbers of different kinds; NaN is unequal to all, itself too.</summary>
    public static BoundExpression Compare(BindingContext binding, string name, BoundExpression left, BoundExpression right)
    {
        var (leftType, rightType) = (left.Type, right.Type);
        if (leftType.IsExact && rightType.IsExact)
        {
            return binding.Call(
                $"compare {name}",
                FlinkType.Boolean,
                (in Arguments arguments, ref Result result) => result.Boolean(Holds(name, CompareExact(arguments, leftType, rightType))),
                [left, right]);
        }

        return binding.Call(
            $"compare {name}",
            FlinkType.Boolean,
            (in Arguments arguments, ref Result result) =>
            {
                var first = ExactNumbers.ReadDouble(arguments, 0, leftType);
                var second = ExactNumbers.ReadDouble(arguments, 1, rightType);
                result.Boolean(name switch
                {
                    "=" => first == second,
                    "<>" => first != second,
                    "<" => first < second,
                    "<=" => first <= second,
                    ">" => first > second,
                    _ => first >= second,
                });
            },
            [left, right]);
    }

    private static int CompareExact(in Arguments arguments, FlinkType left, FlinkType right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        var first = ExactNumbers.Read(arguments, 0, left) * BigInteger.Pow(10, scale - left.Scale);
        return first.CompareTo(ExactNumbers.Read(arguments, 1, right) * BigInteger.Pow(10, scale - right.Scale));
    }

    private static bool Holds(string name, int order) => name switch
    {
        "=" => order == 0,
        "<>" => order != 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    private static BoundExpression BindInteger(BindingContext binding, string name, BoundExpression left, BoundExpression right, SourcePosition at)
    {
        var (leftType, rightType) = (left.Type, right.Type);
        var type = leftType.Kind > rightType.Kind ? leftType : rightType;
        if (type.Kind is TypeKind.TinyInt or TypeKind.SmallInt)
        {
            throw Small(type, at);
        }

        var isLong = type.Kind == TypeKind.BigInt;
        var resultType = name == "%" ? rightType : type;
        if (resultType.Kind is TypeKind.TinyInt or TypeKind.SmallInt)
        {
            throw Small(resultType, at);
        }

        return binding.Call(
            $"integer {name}",
            resultType,
            (in Arguments arguments, ref Result result) =>
            {
                var value = Compute(name, (long)ExactNumbers.Read(arguments, 0, leftType), (long)ExactNumbers.Read(arguments, 1, rightType));
                if (resultType.Kind == TypeKind.BigInt)
                {
                    result.Int64(value);
                }
                else
                {
                    result.Int32(unchecked((int)value));
                }
            },
            [left, right],
            canFail: name is "/" or "%");
    }

    private static long Compute(string name, long left, long right) => unchecked(name switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" or "%" when right == 0 => throw new FlinkValueException("/ by zero"),
        "/" => right == -1 ? -left : left / right,
        _ => right == -1 ? 0 : left % right,
    });

    private static BoundExpression BindDouble(BindingContext binding, string name, BoundExpression left, BoundExpression right, SourcePosition at)
    {
        var (leftType, rightType) = (left.Type, right.Type);
        if (name == "%" || leftType.Kind == TypeKind.Float || rightType.Kind == TypeKind.Float)
        {
            throw new FlinkSqlException(at, $"{leftType} {name} {rightType} is not in the shared subset", "Cast both sides to DOUBLE; for a remainder to an exact number");
        }

        return binding.Call(
            $"double {name}",
            FlinkType.Double,
            (in Arguments arguments, ref Result result) =>
            {
                var first = ExactNumbers.ReadDouble(arguments, 0, leftType);
                var second = ExactNumbers.ReadDouble(arguments, 1, rightType);
                result.Double(name switch { "+" => first + second, "-" => first - second, "*" => first * second, _ => first / second });
            },
            [left, right]);
    }

    private static BoundExpression BindDecimal(BindingContext binding, string name, BoundExpression left, BoundExpression right, SourcePosition at)
    {
        var (leftType, rightType) = (left.Type, right.Type);
        var (first, second) = (DecimalTypes.Of(leftType), DecimalTypes.Of(rightType));
        var type = name switch
        {
            "+" or "-" => DecimalTypes.Sum(first, second),
            "*" => DecimalTypes.Product(first, second),
            "/" => DecimalTypes.Quotient(first, second),
            "%" => DecimalTypes.Remainder(first, second),
            _ => throw new FlinkSqlException(at, $"the operator {name} is not known for numbers", "Use + - * / %"),
        };
        return binding.Call(
            $"decimal {name}",
            type,
            (in Arguments arguments, ref Result result) => ComputeDecimal(
                name, ExactNumbers.Read(arguments, 0, leftType), first.Scale, ExactNumbers.Read(arguments, 1, rightType), second.Scale, type, ref result),
            [left, right],
            canFail: name is "/" or "%");
    }

    private static void ComputeDecimal(string name, Int128 left, int leftScale, Int128 right, int rightScale, FlinkType type, ref Result result)
    {
        if (name is "/" or "%" && right == 0)
        {
            throw new FlinkValueException("Division by zero");
        }

        if (name == "*")
        {
            ExactNumbers.WriteDecimal(ref result, (BigInteger)left * right, leftScale + rightScale, type);
            return;
        }

        if (name == "/")
        {
            // Flink divides to 38 digits more than it keeps, then rounds; half up of the exact quotient is the same.
            var shift = type.Scale + rightScale - leftScale;
            var dividend = shift >= 0 ? left * BigInteger.Pow(10, shift) : left;
            var divisor = shift >= 0 ? right : right * BigInteger.Pow(10, -shift);
            ExactNumbers.WriteDecimal(ref result, FlinkDecimal.DivideHalfUp(dividend, divisor), type.Scale, type);
            return;
        }

        var scale = Math.Max(leftScale, rightScale);
        var first = left * BigInteger.Pow(10, scale - leftScale);
        var second = right * BigInteger.Pow(10, scale - rightScale);
        ExactNumbers.WriteDecimal(ref result, name switch { "+" => first + second, "-" => first - second, _ => BigInteger.Remainder(first, second) }, scale, type);
    }

    private static FlinkSqlException Small(FlinkType type, SourcePosition at) =>
        new(at, $"arithmetic on {type} is not in the shared subset", "Cast to INT, BIGINT, DECIMAL or DOUBLE");
}
