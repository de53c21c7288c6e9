using Recoup.Lakehouse.Dbt.Dialect.Syntax;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>Signs, sums, products and quotients, in the types and with the rounding of Trino.</summary>
internal sealed partial class ExpressionBinder
{
    /// <summary>The one number that is an integer with its sign and none without.</summary>
    private const string LowestInteger = "2147483648";

    private Bound BindUnary(UnaryExpression unary)
    {
        if (unary.Operator == "NOT")
        {
            return Plain($"(NOT {BindCondition(unary.Operand).Sql})", TrinoType.Boolean, unary.Line);
        }

        var operand = Bind(unary.Operand);
        if (!operand.Type.IsNumeric && operand.Type.Kind is not TypeKind.Opaque)
        {
            throw context.Refuse("L06", unary.Line, $"a sign stands before {operand.Type}", "Use it on numbers only");
        }

        var sign = unary.Operator == "-" ? "-" : "";
        if (sign == "-" && operand is { IsNumberLiteral: true, Constant: LowestInteger })
        {
            return operand with { Sql = $"CAST(-{operand.Sql} AS INTEGER)", Type = TrinoType.Integer, Constant = $"-{LowestInteger}" };
        }

        return operand.Constant is { } constant && !constant.StartsWith('-')
            ? operand with { Sql = operand.IsNumberLiteral ? $"{sign}{operand.Sql}" : $"(- {operand.Sql})", Constant = $"{sign}{constant}" }
            : Plain($"({sign} {operand.Sql})", operand.Type, unary.Line);
    }

    private Bound BindArithmetic(string symbol, Bound left, Bound right, int line)
    {
        if (left.Type.Kind is TypeKind.Opaque || right.Type.Kind is TypeKind.Opaque)
        {
            return BindOpaqueArithmetic(symbol, left, right, line);
        }

        if (IsTimeOrInterval(left.Type) || IsTimeOrInterval(right.Type))
        {
            return BindTimeArithmetic(symbol, left, right, line);
        }

        var common = TypeRules.Common(left.Type, right.Type);
        if (common is not { IsNumeric: true })
        {
            throw Mismatch(line, $"'{symbol}'", left.Type, right.Type);
        }

        return common.IsFloating ? BindFloating(symbol, left, right, common, line)
            : common.IsInteger ? BindIntegers(symbol, left, right, common, line)
            : BindDecimals(symbol, left, right, line);
    }

    /// <summary>Sums and products of numbers have the same value whatever their types; quotients do not.</summary>
    private Bound BindOpaqueArithmetic(string symbol, Bound left, Bound right, int line)
    {
        if (left.Type.IsFloating || right.Type.IsFloating)
        {
            return BindFloating(symbol, left, right, TrinoType.Double, line);
        }

        return symbol is "+" or "-" or "*" && !IsTimeOrInterval(left.Type) && !IsTimeOrInterval(right.Type)
            ? Plain($"({left.Sql} {symbol} {right.Sql})", TrinoType.Opaque, line)
            : throw context.TypeNotKnown(line, $"'{symbol}'");
    }

    private static Bound BindFloating(string symbol, Bound left, Bound right, TrinoType type, int line)
    {
        var (a, b) = ($"CAST({left.Sql} AS {DuckTypes.Name(type)})", $"CAST({right.Sql} AS {DuckTypes.Name(type)})");
        return Plain(symbol == "%" ? $"trino_modulo({a}, {b})" : $"({a} {symbol} {b})", type, line);
    }

    /// <summary>A whole quotient is cut towards zero, and dividing by zero fails; both functions are our own.</summary>
    private static Bound BindIntegers(string symbol, Bound left, Bound right, TrinoType type, int line)
    {
        var duck = DuckTypes.Name(type);
        var sql = symbol switch
        {
            "/" => $"CAST(trino_divide({left.Sql}, {right.Sql}) AS {duck})",
            "%" => $"CAST(trino_remainder({left.Sql}, {right.Sql}) AS {duck})",
            _ => $"({Coercion.To(left with { Sql = Coercion.Exact(left) }, type).Sql} {symbol} {Coercion.To(right with { Sql = Coercion.Exact(right) }, type).Sql})",
        };
        return Plain(sql, type, line);
    }

    private Bound BindDecimals(string symbol, Bound left, Bound right, int line)
    {
        var (a, b) = (TypeRules.AsDecimal(left.Type), TypeRules.AsDecimal(right.Type));
        var scale = Math.Max(a.Scale, b.Scale);
        var type = symbol switch
        {
            "+" or "-" => TrinoType.Decimal(Math.Max(a.Precision - a.Scale, b.Precision - b.Scale) + scale + 1, scale),
            "*" => TrinoType.Decimal(a.Precision + b.Precision, a.Scale + b.Scale),
            "/" => TrinoType.Decimal(a.Precision + b.Scale + Math.Max(0, b.Scale - a.Scale), scale),
            _ => TrinoType.Decimal(Math.Min(a.Precision - a.Scale, b.Precision - b.Scale) + scale, scale),
        };
        if (type.Scale > 38)
        {
            throw context.Refuse("L20", line, "the product has more than 38 digits behind the point", "CAST a factor to a smaller scale");
        }

        var duck = DuckTypes.Name(type);
        return Plain(
            symbol switch
            {
                "/" => $"CAST(trino_decimal_divide(CAST({left.Sql} AS VARCHAR), CAST({right.Sql} AS VARCHAR), {type.Scale}) AS {duck})",
                "%" => $"CAST(trino_decimal_remainder(CAST({left.Sql} AS VARCHAR), CAST({right.Sql} AS VARCHAR), {type.Scale}) AS {duck})",
                "*" => $"CAST(CAST({left.Sql} AS {Wide(a, type)}) * CAST({right.Sql} AS {DuckTypes.Name(b)}) AS {duck})",
                _ => $"CAST(CAST({left.Sql} AS {duck}) {symbol} CAST({right.Sql} AS {DuckTypes.Name(b)}) AS {duck})",
            },
            type,
            line);
    }

    /// <summary>DuckDB multiplies in 18 digits where neither factor has more; a wide factor makes it multiply in 38.</summary>
    private static string Wide(TrinoType factor, TrinoType product) =>
        DuckTypes.Name(product.Precision <= 18 ? factor : factor with { Precision = Math.Max(19, factor.Precision) });
}
