using Recoup.Lakehouse.Dbt.Dialect.Syntax;

namespace Recoup.Lakehouse.Dbt.Dialect.Types;

/// <summary>Turns a type as written into a type; what has no equal in DuckDB is refused.</summary>
internal static class TypeResolver
{
    public static TrinoType Resolve(TypeSyntax syntax, SourceFile source) => syntax.Name switch
    {
        "boolean" => TrinoType.Boolean,
        "tinyint" => TrinoType.Of(TypeKind.TinyInt),
        "smallint" => TrinoType.Of(TypeKind.SmallInt),
        "integer" or "int" => TrinoType.Integer,
        "bigint" => TrinoType.BigInt,
        "real" => TrinoType.Of(TypeKind.Real),
        "double" => TrinoType.Double,
        "decimal" => Decimal(syntax, source),
        "varchar" => TrinoType.Of(TypeKind.Varchar, syntax.Numbers is [var length] ? length : -1),
        "varbinary" => TrinoType.Of(TypeKind.Varbinary),
        "date" => TrinoType.Date,
        "timestamp" => TrinoType.Timestamp(Fraction(syntax, source)),
        "timestamp with time zone" => TrinoType.TimestampTz(Fraction(syntax, source)),
        "json" => TrinoType.Json,
        "uuid" => TrinoType.Of(TypeKind.Uuid),
        "array" when syntax.Arguments.Count == 1 => TrinoType.ArrayOf(Resolve(syntax.Arguments[0], source)),
        "map" when syntax.Arguments.Count == 2 => TrinoType.MapOf(Resolve(syntax.Arguments[0], source), Resolve(syntax.Arguments[1], source)),
        "row" => TrinoType.RowOf([.. syntax.Arguments.Select(argument => Resolve(argument, source))], syntax.Fields),
        "char" => throw source.Refuse("L05", syntax.Line, "char(n) is padded in Trino and not in DuckDB", "Use varchar"),
        _ => throw source.Refuse("L15", syntax.Line, $"the type {syntax.Name} is not one that both engines keep alike", "Use one of docs/DIALECT.md's types"),
    };

    private static TrinoType Decimal(TypeSyntax syntax, SourceFile source)
    {
        var (precision, scale) = syntax.Numbers switch { [] => (38, 0), [var p] => (p, 0), [var p, var s, ..] => (p, s) };
        return precision is >= 1 and <= 38 && scale >= 0 && scale <= precision
            ? TrinoType.Decimal(precision, scale)
            : throw source.Refuse("L15", syntax.Line, $"decimal({precision},{scale}) is no type", "Use a precision of 1 to 38 and a scale within it");
    }

    private static int Fraction(TypeSyntax syntax, SourceFile source) => syntax.Numbers switch
    {
        [] => 3,
        [var digits and >= 0 and <= 6] => digits,
        _ => throw source.Refuse("L22", syntax.Line, "DuckDB keeps no more than six digits of a second", "Use timestamp(6)"),
    };
}
