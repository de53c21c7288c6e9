using Recoup.Lakehouse.Dbt.Dialect.Functions;
using Recoup.Lakehouse.Dbt.Dialect.Syntax;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>Calls: aggregates and window functions, functions with a rule of their own, and those of the catalog.</summary>
internal sealed partial class ExpressionBinder
{
    private Bound BindCall(CallExpression call)
    {
        if (AggregateNames.Contains(call.Name) || WindowNames.Contains(call.Name))
        {
            return BindAggregate(call);
        }

        if (call.IsDistinct || call.IsStar || call.OrderBy.Count > 0 || call.Filter is not null || call.IgnoresNulls || call.Window is not null)
        {
            throw context.Refuse("L15", call.Line, $"{call.Name} is no aggregate or window function that both engines answer alike", "See docs/DIALECT.md for those that are read");
        }

        if (call.Arguments.Any(argument => argument is LambdaExpression))
        {
            return BindLambdaCall(call);
        }

        IReadOnlyList<Bound> arguments = [.. call.Arguments.Select(Bind)];
        var bound = BindRuled(call, arguments) ?? (FunctionCatalog.Contains(call.Name)
            ? FunctionCatalog.Bind(call.Name, arguments, call.Line, context)
            : throw context.Refuse("L15", call.Line, $"the function {call.Name} is not one that both engines answer alike", "See docs/DIALECT.md for the functions that are read"));
        return call.Name == "from_iso8601_timestamp" ? bound with { AnyOffsetSql = bound.Sql.Replace("trino_iso8601_utc(", "trino_iso8601(", StringComparison.Ordinal) } : bound;
    }

    /// <summary>Functions whose rule is more than a line of the catalog.</summary>
    private Bound? BindRuled(CallExpression call, IReadOnlyList<Bound> arguments) => (call.Name, arguments.Count) switch
    {
        ("coalesce", >= 2) => BindCommon("coalesce", arguments, call.Line),
        ("nullif", 2) => Plain($"CASE WHEN {Compare("=", arguments[0], arguments[1], call.Line)} THEN NULL ELSE {Coercion.Exact(arguments[0])} END", arguments[0].Type, call.Line),
        ("if", 2 or 3) => BindIf(call, arguments),
        ("greatest" or "least", >= 2) => BindExtreme(call.Name, arguments, call.Line),
        ("concat", >= 2) => BindConcatenation(arguments, call.Line),
        ("concat_ws", >= 3) => BindConcatenationWithSeparator(arguments, call.Line),
        ("typeof", 1) => BindTypeOf(arguments[0], call.Line),
        ("try", 1) => BindTry(call.Arguments[0], arguments[0], call.Line),
        ("mod", 2) => BindArithmetic("%", arguments[0], arguments[1], call.Line),
        ("round" or "floor" or "ceiling" or "ceil" or "truncate" or "sign", 1 or 2) => BindRounding(call.Name, arguments, call.Line),
        ("at_timezone", 2) => BindAtTimeZone(arguments[0], arguments[1], call.Line),
        ("date_format", 2) => FormatCalls.DateFormat(arguments, call.Line, context),
        ("format_datetime", 2) => FormatCalls.FormatDatetime(arguments, call.Line, context),
        ("date_parse", 2) => FormatCalls.DateParse(arguments, "trino_date_parse", call.Line, context),
        ("json_extract_scalar" or "json_extract", 2) => CheckedPath(call, arguments),
        var (name, _) when RegexCalls.Names.Contains(name) => RegexCalls.Bind(name, arguments, call.Line, context),
        _ => null,
    };

    private Bound BindCommon(string name, IReadOnlyList<Bound> arguments, int line)
    {
        var type = CommonOf(arguments, name, line);
        return Plain($"{name}({string.Join(", ", arguments.Select(argument => Coercion.To(argument, type).Sql))})", type, line);
    }

    private Bound BindIf(CallExpression call, IReadOnlyList<Bound> arguments)
    {
        var condition = BindCondition(call.Arguments[0]).Sql;
        var type = CommonOf([.. arguments.Skip(1)], "if", call.Line);
        var otherwise = arguments.Count == 3 ? Coercion.To(arguments[2], type).Sql : "NULL";
        return Plain($"CASE WHEN {condition} THEN {Coercion.To(arguments[1], type).Sql} ELSE {otherwise} END", type, call.Line);
    }

    /// <summary>One NULL makes the result NULL in Trino; DuckDB leaves NULLs out.</summary>
    private Bound BindExtreme(string name, IReadOnlyList<Bound> arguments, int line)
    {
        var type = CommonOf(arguments, name, line);
        if (type.IsNested || type.Kind is TypeKind.Json or TypeKind.Boolean)
        {
            throw context.Refuse("L17", line, $"{name} over {type} orders differently", "Compare plain values");
        }

        var values = arguments.Select(argument => type.IsFloating ? $"trino_no_nan({Coercion.To(argument, type).Sql})" : Coercion.To(argument, type).Sql).ToList();
        var nulls = string.Join(" OR ", values.Select(value => $"{value} IS NULL"));
        return Plain($"CASE WHEN {nulls} THEN NULL ELSE {name}({string.Join(", ", values)}) END", type, line);
    }

    private Bound BindConcatenation(IReadOnlyList<Bound> arguments, int line)
    {
        var type = CommonOf(arguments, "concat", line);
        if (arguments.Any(argument => argument.IsNull))
        {
            throw context.Refuse("L06", line, "a bare NULL makes the result an array in Trino", "Write CAST(NULL AS varchar)");
        }

        return type.Kind switch
        {
            TypeKind.Varchar => Plain($"({string.Join(" || ", arguments.Select(argument => Coercion.To(argument, TrinoType.Varchar).Sql))})", TrinoType.Varchar, line),
            TypeKind.Opaque when arguments.Any(argument => argument.Type.Kind is TypeKind.Varchar) => Plain($"({string.Join(" || ", arguments.Select(argument => argument.Sql))})", TrinoType.Varchar, line),
            TypeKind.Array => Plain(
                $"CASE WHEN {string.Join(" OR ", arguments.Select(argument => $"{argument.Sql} IS NULL"))} THEN NULL ELSE {arguments.Select(argument => Coercion.To(argument, type).Sql).Aggregate((a, b) => $"list_concat({a}, {b})")} END",
                type,
                line),
            TypeKind.Opaque => throw context.TypeNotKnown(line, "||"),
            _ => throw Mismatch(line, "||", arguments[0].Type, arguments[^1].Type),
        };
    }

    private Bound BindConcatenationWithSeparator(IReadOnlyList<Bound> arguments, int line) =>
        arguments.All(argument => argument.Type.Kind is TypeKind.Varchar or TypeKind.Unknown or TypeKind.Opaque)
            ? Plain($"concat_ws({string.Join(", ", arguments.Select(argument => Coercion.To(argument, TrinoType.Varchar).Sql))})", TrinoType.Varchar, line)
            : throw context.Refuse("L06", line, "concat_ws joins what is no text, which Trino refuses", "CAST to varchar");

    /// <summary>The value stays in the text: an aggregate in it makes one row of many.</summary>
    private Bound BindTypeOf(Bound value, int line) =>
        value.IsTypeExact || (value.Type.IsKnown && (value.Type.IsNumeric || value.Type.Kind is TypeKind.Boolean or TypeKind.Date || value.Type.IsTimestamp))
            ? Plain($"CASE WHEN {value.Sql} IS NULL THEN {Quoted.Text(value.Type.Name)} ELSE {Quoted.Text(value.Type.Name)} END", TrinoType.Varchar, line)
            : throw context.Refuse("L19", line, "typeof prints what the value's type is in Trino, which is not known exactly here", "Leave typeof out of models");

    private Bound CheckedPath(CallExpression call, IReadOnlyList<Bound> arguments) =>
        arguments[1].Constant is { } path && Native.JsonPaths.TryParse(path, out _)
            ? FunctionCatalog.Bind(call.Name, arguments, call.Line, context)
            : throw context.Refuse("L12", call.Line, "the path must be a constant of the form $.a.b[0] or $[\"a b\"]", "Write such a path");

    /// <summary>Only what can fail in one way is tried, by a function of ours that gives NULL then; DuckDB's TRY holds other errors too.</summary>
    private Bound BindTry(Expression syntax, Bound value, int line)
    {
        var tried = syntax switch
        {
            CastExpression cast when Bind(cast.Operand).IsSafe => BindCast(cast with { IsTry = true }),
            BinaryExpression { Operator: "/" or "%" } quotient when Bind(quotient.Left).IsSafe && Bind(quotient.Right).IsSafe && value.Type.IsInteger =>
                value with { Sql = value.Sql.Replace("trino_divide(", "trino_try_divide(", StringComparison.Ordinal).Replace("trino_remainder(", "trino_try_remainder(", StringComparison.Ordinal) },
            CallExpression { Name: "from_iso8601_timestamp", Arguments: [var text] } when Bind(text) is { IsSafe: true, Type.Kind: TypeKind.Varchar } safe =>
                value with { Sql = $"trino_try_iso8601_utc({safe.Sql})", AnyOffsetSql = $"trino_try_iso8601({safe.Sql})" },
            CallExpression { Name: "date_parse", Arguments: [var text, var format] } when Bind(text).IsSafe => FormatCalls.DateParse([Bind(text), Bind(format)], "trino_try_date_parse", line, context),
            CallExpression { Name: "json_parse", Arguments: [var text] } when Bind(text) is { IsSafe: true, Type.Kind: TypeKind.Varchar } safe => value with { Sql = $"trino_try_json_parse({safe.Sql})" },
            _ => null,
        };
        return tried ?? throw context.Refuse("L15", line, "try is read around one CAST, quotient, from_iso8601_timestamp, date_parse or json_parse of a column or constant", "Put try around that alone");
    }
}
