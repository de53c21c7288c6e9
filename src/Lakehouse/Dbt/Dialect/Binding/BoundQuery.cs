using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>A query that has been understood.</summary>
/// <param name="Columns"><see langword="null"/> where <c>*</c> stands for a table that nobody described.</param>
internal sealed record BoundQuery(string Sql, IReadOnlyList<BoundColumn>? Columns)
{
    /// <summary>Told of each use, where the query is read by its own recursion step.</summary>
    public Action? Used { get; init; }
}

internal sealed record BoundColumn(string Name, TrinoType Type);
