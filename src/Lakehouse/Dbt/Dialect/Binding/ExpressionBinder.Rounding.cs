using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>round, floor, ceiling, truncate and sign keep the kind of number that they are given.</summary>
internal sealed partial class ExpressionBinder
{
    private Bound BindRounding(string name, IReadOnlyList<Bound> arguments, int line)
    {
        var value = arguments[0];
        if (value.Type.Kind is TypeKind.Opaque)
        {
            throw context.TypeNotKnown(line, name);
        }

        if (!value.Type.IsNumeric || value.Type.Kind is TypeKind.Real || (arguments.Count == 2 && (name is not "round" || arguments[1] is not { Type.IsInteger: true, Constant: not null })))
        {
            throw context.Refuse("L15", line, $"{name} is read over a number, and with a constant number of digits for round alone", "Write round(x, 2)");
        }

        if (value.Type.Kind is TypeKind.Decimal && arguments.Count == 2 && Digits(arguments[1]) < 0 && value.Type.Precision - value.Type.Scale + Digits(arguments[1]) <= 0)
        {
            throw context.Refuse("L20", line, $"round of {value.Type} to {arguments[1].Constant} digits leaves no digit, where Trino's short decimals become 0 and its long ones are rounded", "CAST to a wider decimal first");
        }

        var duck = name switch { "ceiling" or "ceil" => "ceil", "truncate" => "trunc", _ => name };
        var digits = arguments.Count == 2 ? $", {arguments[1].Constant}" : "";
        var type = value.Type.Kind is TypeKind.Decimal ? RoundedDecimal(name, value.Type, arguments.Count == 2) : value.Type;
        return Plain(
            value.Type.IsInteger && arguments.Count == 1 && name is not "sign" ? value.Sql
            : type.Kind is TypeKind.Double && name == "sign" ? $"CASE WHEN isnan({value.Sql}) THEN {value.Sql} ELSE CAST(sign({value.Sql}) AS DOUBLE) END"
            : type.Kind is TypeKind.Double && arguments.Count == 1 ? $"CAST({duck}({value.Sql}) AS DOUBLE)"
            : type.Kind is TypeKind.Double ? $"trino_round({value.Sql}{digits})"
            : value.Type.Kind is TypeKind.Decimal && arguments.Count == 2 ? $"CAST(trino_decimal_round(CAST({value.Sql} AS VARCHAR){digits}, {type.Scale}) AS {DuckTypes.Name(type)})"
            : $"CAST({duck}({value.Sql}{digits}) AS {DuckTypes.Name(type)})",
            type,
            line);
    }

    private static long Digits(Bound digits) => long.Parse(digits.Constant!, System.Globalization.CultureInfo.InvariantCulture);

    private static TrinoType RoundedDecimal(string name, TrinoType type, bool hasDigits) => name switch
    {
        "sign" => TrinoType.Decimal(1, 0),
        "truncate" => TrinoType.Decimal(Math.Max(1, type.Precision - type.Scale), 0),
        _ when hasDigits => TrinoType.Decimal(type.Precision + 1, type.Scale),
        _ => TrinoType.Decimal(type.Precision - type.Scale + Math.Min(1, type.Scale), 0),
    };
}
