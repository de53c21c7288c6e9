using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>The conversions that Trino makes unasked, written out.</summary>
internal static class Coercion
{
    /// <summary>Whether Trino takes the one type where the other is wanted.</summary>
    public static bool IsPossible(TrinoType from, TrinoType to) =>
        from.Kind is TypeKind.Opaque || to.Kind is TypeKind.Opaque || (TypeRules.Common(from, to) is { } common && common.Kind == to.Kind);

    /// <summary>The expression in the wanted type. Lengths of texts and digits of seconds only grow, so that they need no cast.</summary>
    public static Bound To(Bound value, TrinoType type)
    {
        if (value.Type.Kind is TypeKind.Opaque || !type.IsKnown || DuckTypes.Name(value.Type) == DuckTypes.Name(type) && !value.IsNull)
        {
            return value with { Type = type.IsKnown ? type : value.Type };
        }

        return value with { Sql = $"CAST({value.Sql} AS {DuckTypes.Name(type)})", Type = type, IsNumberLiteral = false };
    }

    /// <summary>A number whose type in DuckDB must be certain.</summary>
    public static string Exact(Bound value) => value.IsNumberLiteral ? $"CAST({value.Sql} AS {DuckTypes.Name(value.Type)})" : value.Sql;
}
