using Recoup.Lakehouse.Dbt.Dialect.Binding;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Functions;

/// <summary>What one argument of a function must be, as the catalog writes it.</summary>
/// <param name="Pattern">A type, a variable (<c>T</c>), or the constants allowed: <c>'day|week'</c>.</param>
internal sealed record Parameter(string Pattern)
{
    public const int NoMatch = 100;

    private bool IsConstant => Pattern.StartsWith('\'');

    /// <summary>How far the argument is from what is wanted: 0 is just it, 1 converts, 10 is not known, 100 does not fit.</summary>
    public int Distance(Bound argument, Dictionary<string, TrinoType> variables)
    {
        if (IsConstant)
        {
            return argument.Constant is { } text && Pattern.Trim('\'').Split('|').Contains(text, StringComparer.OrdinalIgnoreCase) ? 0 : NoMatch;
        }

        return argument.Type.Kind switch
        {
            TypeKind.Unknown => Pattern.EndsWith('!') ? NoMatch : 1,
            TypeKind.Opaque => Pattern.EndsWith('!') || IsVariable(Pattern) ? NoMatch : 10,
            _ => DistanceOfType(argument, variables),
        };
    }

    private int DistanceOfType(Bound argument, Dictionary<string, TrinoType> variables)
    {
        var type = argument.Type;
        return Pattern switch
        {
            "bigint" => type.IsInteger ? 0 : NoMatch,
            "count!" => argument is { IsNumberLiteral: true, Type.IsInteger: true } && argument.Constant![0] != '-' ? 0 : NoMatch,
            "place!" => argument is { IsNumberLiteral: true, Type.IsInteger: true } && argument.Constant![0] is not ('-' or '0') ? 0 : NoMatch,
            "text!" => argument is { Constant.Length: > 0, Type.Kind: TypeKind.Varchar } ? 0 : NoMatch,
            "letter!" => argument is { Constant.Length: 1, Type.Kind: TypeKind.Varchar } ? 0 : NoMatch,
            "double" => type.Kind is TypeKind.Double ? 0 : type.IsNumeric ? 1 : NoMatch,
            "timestamp" => type.Kind is TypeKind.Timestamp ? 0 : type.Kind is TypeKind.Date ? 1 : NoMatch,
            "timestamp-only" => type.Kind is TypeKind.Timestamp ? 0 : NoMatch,
            "instant-only" => type.Kind is TypeKind.TimestampTz ? 0 : NoMatch,
            "timestamp-of-3" => type is { Kind: TypeKind.Timestamp, Precision: 3 } ? 0 : NoMatch,
            "timestamp3" => type.Kind is TypeKind.Timestamp && type.Precision >= 3 ? 0 : NoMatch,
            "instant" => type.Kind is TypeKind.TimestampTz ? 0 : type.Kind is TypeKind.Timestamp ? 1 : type.Kind is TypeKind.Date ? 2 : NoMatch,
            "instant3" => type.Kind is TypeKind.TimestampTz && type.Precision >= 3 ? 0 : NoMatch,
            "date" or "varchar" or "varbinary" or "json" or "boolean" => type.Kind.ToString().Equals(Pattern, StringComparison.OrdinalIgnoreCase) ? 0 : NoMatch,
            "days" => type.IsInterval && argument.Constant is "DAY" or "MONTH" or "YEAR" ? 0 : NoMatch,
            "interval" => type.IsInterval ? 0 : NoMatch,
            "number" => type.IsNumeric ? 0 : NoMatch,
            "array(T)" or "array(P)" or "array(K)" or "array(V)" => type.Kind is TypeKind.Array ? Unify(Pattern[6..7], type.Element, variables) : NoMatch,
            "array(integers)" => type.Kind is TypeKind.Array && type.Element.IsInteger ? 0 : NoMatch,
            "array(varchar)" => type.Kind is TypeKind.Array && type.Element.Kind is TypeKind.Varchar ? 0 : NoMatch,
            "map(K,V)" => type.Kind is TypeKind.Map ? Math.Max(Unify("K", type.Arguments[0], variables), Unify("V", type.Arguments[1], variables)) : NoMatch,
            _ when IsVariable(Pattern) => Unify(Pattern, type, variables),
            _ => throw new InvalidOperationException($"The catalog of functions has a parameter '{Pattern}'."),
        };
    }

    /// <summary>The argument as the template takes it.</summary>
    public string Text(Bound argument, Dictionary<string, TrinoType> variables) => Pattern switch
    {
        _ when IsConstant => Quoted.Text(argument.Constant!.ToLowerInvariant()),
        "double" => Coercion.To(argument, TrinoType.Double).Sql,
        "timestamp" => Coercion.To(argument, argument.Type.Kind is TypeKind.Opaque ? argument.Type : TrinoType.Timestamp(argument.Type.Precision)).Sql,
        "instant" => Coercion.To(argument, argument.Type.Kind is TypeKind.Opaque ? argument.Type : TrinoType.TimestampTz(argument.Type.Precision)).Sql,
        "date" => Coercion.To(argument, TrinoType.Date).Sql,
        "bigint" => Coercion.To(argument, TrinoType.BigInt).Sql,
        "varchar" when argument.IsNull => "CAST(NULL AS VARCHAR)",
        "array(T)" or "array(P)" or "array(K)" or "array(V)" when variables.TryGetValue(Pattern[6..7], out var element) => Coercion.To(argument, TrinoType.ArrayOf(element)).Sql,
        _ when variables.TryGetValue(Pattern, out var type) => Coercion.To(argument, type).Sql,
        _ => Coercion.Exact(argument),
    };

    private static bool IsVariable(string pattern) => pattern is "T" or "P" or "K" or "V";

    private static int Unify(string name, TrinoType type, Dictionary<string, TrinoType> variables)
    {
        var common = variables.TryGetValue(name, out var bound) ? TypeRules.Common(bound, type) : type;
        if (common is null || (name == "P" && (common.IsFloating || common.IsNested || common.Kind is TypeKind.Json)))
        {
            return NoMatch;
        }

        variables[name] = common;
        return 0;
    }
}
