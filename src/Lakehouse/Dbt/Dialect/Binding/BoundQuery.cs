using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>A query that has been understood.</summary>
/// <param name="Columns"><see langword="null"/> where <c>*</c> stands for a table that nobody described.</param>
internal sealed record BoundQuery(string Sql, IReadOnlyList<BoundColumn>? Columns);

internal sealed record BoundColumn(string Name, TrinoType Type);
