using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>A column that a name can mean.</summary>
/// <param name="Sql">DuckDB's text for it, its relation's name included.</param>
/// <param name="IsMerged">A column of USING: it has no table, and another relation's column of the same name is the same.</param>
internal sealed record ScopeColumn(string Name, TrinoType Type, string Sql, bool IsMerged = false);

/// <summary>A table, a subquery or an UNNEST in FROM.</summary>
/// <param name="Alias">The name under which its columns can be asked for.</param>
/// <param name="Columns"><see langword="null"/> for a table that nobody described.</param>
internal sealed record ScopeRelation(string? Alias, string DuckName, IReadOnlyList<ScopeColumn>? Columns);

/// <summary>The names that an expression can use: its query's relations, then those of the queries around it.</summary>
internal sealed class Scope(Scope? parent)
{
    public Scope? Parent => parent;

    public List<ScopeRelation> Relations { get; } = [];

    /// <summary>Columns that USING merged; they come first in <c>*</c>.</summary>
    public List<ScopeColumn> Merged { get; } = [];

    /// <summary>Names that the select list gives: DuckDB would take them for columns where Trino does not.</summary>
    public HashSet<string> Aliases { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A lambda's parameter; the columns around it are those of its own query.</summary>
    public bool IsLambda { get; init; }

    /// <summary>WINDOW's names.</summary>
    public HashSet<string> Windows { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool IsOpaque => Relations.Any(relation => relation.Columns is null);

    public static bool Equal(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
