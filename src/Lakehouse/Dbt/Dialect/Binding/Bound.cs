using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>An expression that has been understood: DuckDB's text for it, and Trino's type.</summary>
internal sealed record Bound(string Sql, TrinoType Type, int Line)
{
    /// <summary>The value of a text or number literal.</summary>
    public string? Constant { get; init; }

    /// <summary>A number as written: DuckDB would give it another type in a sum of literals.</summary>
    public bool IsNumberLiteral { get; init; }

    /// <summary>The type is Trino's to the last character, the length of a varchar included: <c>typeof</c> may print it.</summary>
    public bool IsTypeExact { get; init; }

    /// <summary>Nothing within can fail at run time, so that <c>try</c> around a cast of it is about the cast alone.</summary>
    public bool IsSafe { get; init; }

    /// <summary>The name under which a select list gives it out.</summary>
    public string? Name { get; init; }

    /// <summary>The text where any offset may be read, for an instant that is taken to UTC at once.</summary>
    public string? AnyOffsetSql { get; init; }

    /// <summary>The items of <c>ARRAY[...]</c>.</summary>
    public IReadOnlyList<Bound> Items { get; init; } = [];

    public bool IsNull => Type.Kind is TypeKind.Unknown;
}
