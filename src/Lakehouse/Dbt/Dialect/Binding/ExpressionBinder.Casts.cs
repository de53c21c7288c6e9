using Recoup.Lakehouse.Dbt.Dialect.Syntax;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>CAST and TRY_CAST: text is read by functions of our own, with Trino's grammar of numbers and times.</summary>
internal sealed partial class ExpressionBinder
{
    private Bound BindCast(CastExpression cast)
    {
        var value = Bind(cast.Operand);
        var type = TypeResolver.Resolve(cast.Type, context.Source);
        if (value.IsNull)
        {
            return Safe($"CAST(NULL AS {DuckTypes.Name(type)})", type, cast.Line);
        }

        if (value.Type.Kind is TypeKind.Opaque)
        {
            throw context.TypeNotKnown(cast.Line, "a CAST");
        }

        var sql = Cast(value, type, cast.IsTry) ?? throw context.Refuse(
            value.Type.Kind is TypeKind.Json || type.Kind is TypeKind.Json ? "L11" : "L06",
            cast.Line,
            $"a cast from {value.Type} to {type} is refused by Trino, or differs in DuckDB",
            "Take the way through types that both convert alike (docs/DIALECT.md)");
        return new Bound(sql, type, cast.Line) { Name = value.Name, IsTypeExact = true, IsSafe = cast.IsTry && value.IsSafe };
    }

    private static string? Cast(Bound value, TrinoType type, bool isTry) => (value.Type.Kind, type.Kind) switch
    {
        (TypeKind.Varchar, TypeKind.Varchar) => type.Precision < 0 ? value.Sql : $"substr({value.Sql}, 1, {type.Precision})",
        (_, TypeKind.Varchar) => type.Precision < 0 ? CastToText(value) : null,
        (TypeKind.Varchar, _) => CastText(value.Sql, type, isTry ? "trino_try_to" : "trino_to"),
        (TypeKind.Boolean, TypeKind.Boolean) => value.Sql,
        (TypeKind.Boolean, _) when type.IsNumeric && type.Kind is not TypeKind.Decimal => Direct(value.Sql, type, isTry),
        (_, TypeKind.Boolean) when value.Type.IsNumeric => $"({value.Sql} <> 0)",
        _ when value.Type.IsNumeric && type.IsNumeric => CastNumber(value, type, isTry),
        _ when value.Type.IsTimestamp || value.Type.Kind is TypeKind.Date => CastTime(value, type),
        (TypeKind.Row, TypeKind.Row) => CastRow(value, type, isTry),
        _ when value.Type.IsNested && type.Kind == value.Type.Kind => CastNested(value, type),
        _ => null,
    };

    private static string Direct(string sql, TrinoType type, bool isTry) => $"{(isTry ? "TRY_CAST" : "CAST")}({sql} AS {DuckTypes.Name(type)})";

    private static string? CastToText(Bound value) => value.Type.Kind switch
    {
        TypeKind.Boolean or TypeKind.Date => $"CAST({value.Sql} AS VARCHAR)",
        TypeKind.Decimal when value.Type.IsFraction => value.Type.Precision == 38 ? null : $"CAST(CAST({value.Sql} AS DECIMAL({value.Type.Precision + 1},{value.Type.Scale})) AS VARCHAR)",
        _ when value.Type.IsExact => $"CAST({Coercion.Exact(value)} AS VARCHAR)",
        TypeKind.Double => $"trino_double_text({value.Sql})",
        TypeKind.Timestamp or TypeKind.TimestampTz when value.Type.Precision is 0 or 3 or 6 =>
            $"strftime({value.Sql}, '{TimestampFormat(value.Type.Precision)}{(value.Type.Kind is TypeKind.TimestampTz ? " UTC" : "")}')",
        _ => null,
    };

    private static string TimestampFormat(int digits) => $"%Y-%m-%d %H:%M:%S{(digits == 0 ? "" : digits == 3 ? ".%g" : ".%f")}";

    private static string? CastText(string sql, TrinoType type, string prefix) => type.Kind switch
    {
        TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer or TypeKind.BigInt => $"CAST({prefix}_{type.Name}({sql}) AS {DuckTypes.Name(type)})",
        TypeKind.Double or TypeKind.Boolean or TypeKind.Date => $"{prefix}_{type.Name}({sql})",
        TypeKind.Decimal => $"CAST({prefix}_decimal({sql}, {type.Precision}, {type.Scale}) AS {DuckTypes.Name(type)})",
        TypeKind.Timestamp => $"{prefix}_timestamp({sql}, {type.Precision})",
        TypeKind.TimestampTz => $"{prefix}_instant({sql}, {type.Precision})",
        _ => null,
    };

    private static string CastNumber(Bound value, TrinoType type, bool isTry) =>
        value.Type.IsFloating && type.IsInteger ? Direct($"round({value.Sql})", type, isTry)
        : value.Type.IsFloating && type.Kind is TypeKind.Decimal
            ? $"CAST({(isTry ? "trino_try_to" : "trino_to")}_decimal(trino_double_text(CAST({value.Sql} AS DOUBLE)), {type.Precision}, {type.Scale}) AS {DuckTypes.Name(type)})"
        : Direct(value.Sql, type, isTry);

    private static string? CastTime(Bound value, TrinoType type) => type.Kind switch
    {
        TypeKind.Date => $"CAST({value.Sql} AS DATE)",
        TypeKind.Timestamp or TypeKind.TimestampTz => $"CAST({Rounded(value, type.Precision)} AS {DuckTypes.Name(type)})",
        _ => null,
    };

    /// <summary>Fewer digits of a second are rounded half up.</summary>
    private static string Rounded(Bound time, int digits) =>
        time.Type.Kind is TypeKind.Date || time.Type.Precision <= digits ? time.Sql : $"trino_round_time(CAST({time.Sql} AS TIMESTAMP), {Math.Pow(10, 6 - digits)})";

    /// <summary>Field by field, as the names of a row's fields are given by the cast.</summary>
    private static string? CastRow(Bound row, TrinoType type, bool isTry)
    {
        if (row.Type.Arguments.Count != type.Arguments.Count)
        {
            return null;
        }

        var fields = type.Arguments.Select((target, index) =>
        {
            var name = row.Type.Fields[index] ?? $"field{index}";
            var field = new Bound($"({row.Sql}).{Quoted.Name(name)}", row.Type.Arguments[index], row.Line);
            var cast = field.Type.Same(target) ? field.Sql : Cast(field, target, isTry);
            return cast is null ? null : $"{Quoted.Name(type.Fields[index] ?? $"field{index}")} := {cast}";
        }).ToList();
        return fields.Contains(null) ? null : $"CASE WHEN {row.Sql} IS NOT NULL THEN struct_pack({string.Join(", ", fields)}) END";
    }

    /// <summary>A nested value is cast as a whole where none of its parts needs a function of our own.</summary>
    private static string? CastNested(Bound value, TrinoType type) =>
        value.Type.Arguments.Count == type.Arguments.Count && value.Type.Arguments.Zip(type.Arguments).All(pair => IsPlain(pair.First, pair.Second))
            ? $"CAST({value.Sql} AS {DuckTypes.Name(type)})"
            : null;

    private static bool IsPlain(TrinoType from, TrinoType to) =>
        from.Kind is TypeKind.Unknown
        || (to.Kind is TypeKind.Varchar ? to.Precision < 0 && ((from.IsExact && !from.IsFraction) || from.Kind is TypeKind.Varchar or TypeKind.Boolean or TypeKind.Date)
            : !from.IsNested && (from.Same(to) || (Coercion.IsPossible(from, to) && !from.IsTimestamp)));
}
