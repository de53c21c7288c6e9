using System.Globalization;
using Recoup.Lakehouse.Dbt.Dialect.Syntax;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>Aggregates, with Trino's types and its answers over no rows, NULL and NaN.</summary>
internal sealed partial class ExpressionBinder
{
    private static readonly HashSet<string> AggregateNames =
    [
        "count", "count_if", "sum", "avg", "min", "max", "min_by", "max_by", "bool_and", "bool_or", "every", "any_value", "arbitrary", "array_agg", "listagg",
        "approx_distinct", "approx_percentile", "stddev", "stddev_pop", "stddev_samp", "variance", "var_pop", "var_samp", "corr", "covar_pop", "covar_samp",
        "regr_slope", "regr_intercept", "histogram", "map_agg", "grouping", "bitwise_and_agg", "bitwise_or_agg", "geometric_mean",
    ];

    private Bound BindAggregate(CallExpression call)
    {
        if (call.Filter is not null && call.Window is not null)
        {
            throw context.Refuse("L21", call.Line, "FILTER with OVER is refused by Trino", "Put the condition into CASE within the call");
        }

        if (call.IgnoresNulls && !WindowNames.Contains(call.Name))
        {
            throw context.Refuse("L21", call.Line, $"{call.Name} takes no IGNORE NULLS", "Leave it out");
        }

        if (call.IsStar && call.Name != "count")
        {
            throw context.Refuse("L15", call.Line, $"{call.Name}(*)", "Name a column");
        }

        IReadOnlyList<Bound> arguments = [.. call.Arguments.Select(Bind)];
        var tail = new AggregateTail(
            call.IsDistinct,
            call.OrderBy.Count == 0 ? "" : $" ORDER BY {string.Join(", ", call.OrderBy.Select(BindSortItem))}",
            call.Filter is null ? null : BindCondition(call.Filter).Sql,
            call.Window is null ? "" : $" OVER {BindWindow(call.Window)}");
        if (call.OrderBy.Count > 0 && call.Name is not ("array_agg" or "listagg"))
        {
            throw context.Refuse("L21", call.Line, $"ORDER BY within {call.Name}", "Leave it out, or use array_agg");
        }

        return WindowNames.Contains(call.Name) ? BindWindowFunction(call, arguments, tail) : BindAggregate(call, arguments, tail);
    }

    private Bound BindAggregate(CallExpression call, IReadOnlyList<Bound> arguments, AggregateTail tail)
    {
        var line = call.Line;
        return (call.Name, arguments) switch
        {
            ("count", []) when call.IsStar => Plain(tail.Around("count(*)"), TrinoType.BigInt, line),
            ("count", [var x]) => Plain(tail.Call("count", Counted(x, tail)), TrinoType.BigInt, line),
            ("count_if", [var x]) => Plain((tail with { Filter = tail.And(BindCondition(call.Arguments[0]).Sql) }).Around("count(*)"), TrinoType.BigInt, x.Line),
            ("sum", [var x]) => BindSum(x, tail, line),
            ("avg", [var x]) => BindAverage(x, tail, line),
            ("min" or "max", [var x]) => BindMinimum(call.Name, x, tail, line),
            ("min_by" or "max_by", [var x, var by]) => Plain(tail.Call(call.Name == "max_by" ? "arg_max_null" : "arg_min_null", $"{Coercion.Exact(x)}, {Ordered(by, line)}"), x.Type, line),
            ("bool_and" or "bool_or" or "every", [_]) => Plain(tail.Call(call.Name == "every" ? "bool_and" : call.Name, BindCondition(call.Arguments[0]).Sql), TrinoType.Boolean, line),
            ("any_value" or "arbitrary", [var x]) => Plain(tail.Call("any_value", Coercion.Exact(x)), x.Type, line),
            ("array_agg", [var x]) => Plain(tail.Call("list", Coercion.Exact(x)), TrinoType.ArrayOf(x.Type), line),
            ("listagg", [{ Type.Kind: TypeKind.Varchar } x]) => Plain(tail.Call("string_agg", $"{x.Sql}, ''"), TrinoType.Varchar, line),
            ("listagg", [{ Type.Kind: TypeKind.Varchar } x, { Constant: not null, Type.Kind: TypeKind.Varchar } separator]) =>
                Plain(tail.Call("string_agg", $"{x.Sql}, {separator.Sql}"), TrinoType.Varchar, line),
            ("approx_distinct", [var x]) => Plain((tail with { IsDistinct = true }).Call("count", Counted(x, tail)), TrinoType.BigInt, line),
            ("approx_percentile", [var x, var at]) => BindPercentile(x, at, tail, line),
            ("grouping", _) => Plain($"CAST(grouping({string.Join(", ", arguments.Select(argument => argument.Sql))}) AS INTEGER)", TrinoType.Integer, line),
            ("histogram", [var x]) when x.Type.IsKnown && !x.Type.IsNested && !x.Type.IsFloating => BindHistogram(x, tail, line),
            ("map_agg", [var key, var value]) when key.Type.IsKnown && value.Type.IsKnown && !key.Type.IsNested => Plain(
                $"trino_map({tail.Call("list", $"struct_pack(k := {Coercion.Exact(key)}, v := {Coercion.Exact(value)})")})", TrinoType.MapOf(key.Type, value.Type), line),
            ("bitwise_and_agg" or "bitwise_or_agg", [{ Type.IsInteger: true } x]) => Plain($"CAST({tail.Call(call.Name == "bitwise_and_agg" ? "bit_and" : "bit_or", x.Sql)} AS BIGINT)", TrinoType.BigInt, line),
            ("stddev" or "stddev_pop" or "stddev_samp" or "variance" or "var_pop" or "var_samp", [{ Type.IsNumeric: true } x]) => Plain(tail.Call(call.Name, Coercion.To(x, TrinoType.Double).Sql), TrinoType.Double, line),
            ("corr" or "covar_pop" or "covar_samp" or "regr_slope" or "regr_intercept", [{ Type.IsNumeric: true } y, { Type.IsNumeric: true } x]) =>
                Plain($"trino_no_nan({tail.Call(call.Name, $"{Coercion.To(y, TrinoType.Double).Sql}, {Coercion.To(x, TrinoType.Double).Sql}")})", TrinoType.Double, line),
            _ when arguments.Any(argument => !argument.Type.IsKnown) => throw context.TypeNotKnown(line, call.Name),
            _ => throw context.Refuse("L15", line, $"{call.Name}({string.Join(", ", arguments.Select(argument => argument.Type))}) is not a call that both engines answer alike", "See docs/DIALECT.md for the forms of it that are read"),
        };
    }

    private string Counted(Bound value, AggregateTail tail) => value.Type.IsNested && tail.IsDistinct && value.Type.Kind is not TypeKind.Row
        ? throw context.Refuse("L17", value.Line, "arrays or maps are counted as distinct, and a NULL within counts differently", "Count their text")
        : Coercion.Exact(value);

    private string Ordered(Bound key, int line) =>
        key.Type.IsNested || key.Type.Kind is TypeKind.Json ? throw context.Refuse("L17", line, $"{key.Type} is ordered differently", "Order by a plain value")
        : key.Type.IsFloating ? $"trino_no_nan({key.Sql})"
        : Coercion.Exact(key);

    private Bound BindSum(Bound value, AggregateTail tail, int line) => value.Type.Kind switch
    {
        TypeKind.Double => Plain(tail.Call("sum", value.Sql), TrinoType.Double, line),
        TypeKind.Decimal => Plain($"CAST({tail.Call("sum", value.Sql)} AS DECIMAL(38,{value.Type.Scale}))", TrinoType.Decimal(38, value.Type.Scale), line),
        TypeKind.Opaque => throw context.TypeNotKnown(line, "sum"),
        _ when value.Type.IsInteger => Plain($"CAST({tail.Call("sum", Coercion.Exact(value))} AS BIGINT)", TrinoType.BigInt, line),
        _ => throw context.Refuse("L15", line, $"sum over {value.Type}", "CAST to double or decimal"),
    };

    /// <summary>The average of decimals keeps their scale, rounded half up.</summary>
    private Bound BindAverage(Bound value, AggregateTail tail, int line) => value.Type.Kind switch
    {
        TypeKind.Opaque => throw context.TypeNotKnown(line, "avg"),
        TypeKind.Decimal => Plain(
            $"CAST(trino_decimal_divide(CAST({tail.Call("sum", value.Sql)} AS VARCHAR), CAST(nullif({tail.Call("count", value.Sql)}, 0) AS VARCHAR), {value.Type.Scale}) AS {DuckTypes.Name(value.Type)})",
            value.Type,
            line),
        TypeKind.Double => Plain(tail.Call("avg", value.Sql), TrinoType.Double, line),
        _ when value.Type.IsInteger => Plain(tail.Call("avg", Coercion.Exact(value)), TrinoType.Double, line),
        _ => throw context.Refuse("L15", line, $"avg over {value.Type}", "CAST to double or decimal"),
    };

    /// <summary>NaN is left out in Trino, unless there is nothing else.</summary>
    private Bound BindMinimum(string name, Bound value, AggregateTail tail, int line)
    {
        if (value.Type.IsNested || value.Type.Kind is TypeKind.Json or TypeKind.Opaque)
        {
            throw value.Type.Kind is TypeKind.Opaque ? context.TypeNotKnown(line, name) : context.Refuse("L17", line, $"{value.Type} is ordered differently", "Order plain values");
        }

        return Plain(
            value.Type.IsFloating
                ? $"coalesce({tail.Call(name, $"CASE WHEN NOT isnan({value.Sql}) THEN {value.Sql} END")}, {tail.Call(name, value.Sql)})"
                : tail.Call(name, Coercion.Exact(value)),
            value.Type,
            line);
    }

    private static Bound BindHistogram(Bound value, AggregateTail tail, int line)
    {
        var type = TrinoType.MapOf(value.Type, TrinoType.BigInt);
        return Plain($"CAST({tail.Call("histogram", Coercion.Exact(value))} AS {DuckTypes.Name(type)})", type, line);
    }

    /// <summary>Of few values Trino takes the one at floor(n * p), counted from 0; of many its sketch is near it.</summary>
    private Bound BindPercentile(Bound value, Bound at, AggregateTail tail, int line)
    {
        if (!(value.Type.IsInteger || value.Type.Kind is TypeKind.Double))
        {
            throw value.Type.Kind is TypeKind.Opaque ? context.TypeNotKnown(line, "approx_percentile")
                : context.Refuse("L20", line, $"approx_percentile over {value.Type} is a real in Trino", "CAST to double");
        }

        var type = value.Type.IsInteger ? TrinoType.BigInt : TrinoType.Double;
        var shares = at.Type.Kind is TypeKind.Array ? at.Items : [at];
        if (shares.Count == 0 || shares.Any(share => !IsShare(share)))
        {
            throw context.Refuse("L15", line, "the share of approx_percentile must be a constant from 0 to 1", "Write 0.5");
        }

        var values = $"trino_no_nan({Coercion.To(value, type).Sql})";
        var sorted = tail.Call("list", value.Type.IsInteger ? Coercion.To(value, type).Sql : values);
        var picks = shares.Select(share => $"trino_percentile({sorted}, CAST({share.Sql} AS DOUBLE))").ToList();
        return at.Type.Kind is TypeKind.Array
            ? Plain($"CASE WHEN {picks[0]} IS NOT NULL THEN [{string.Join(", ", picks)}] END", TrinoType.ArrayOf(type), line)
            : Plain(picks[0], type, line);
    }

    private static bool IsShare(Bound share) =>
        share.Type.IsNumeric && double.TryParse(share.Constant, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1;
}
