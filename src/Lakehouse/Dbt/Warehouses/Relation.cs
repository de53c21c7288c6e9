using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Dbt.Warehouses;

/// <summary>The name of a table or view.</summary>
/// <param name="Database">The catalog; <see langword="null"/> for the warehouse's own.</param>
internal sealed record Relation(string? Database, string Schema, string Name)
{
    /// <summary>As dbt prints it: every part quoted.</summary>
    public override string ToString() => string.Join('.', new[] { Database, Schema, Name }.Where(part => part is not null).Select(part => SqlText.Name(part!)));
}

/// <summary>A column of a relation or of a query.</summary>
/// <param name="Type">The type as the warehouse's own SQL spells it: DuckDB's words, or Trino's.</param>
internal sealed record RelationColumn(string Name, string Type);

internal enum RelationKind
{
    Table,
    View,
}

/// <summary>A relation that exists.</summary>
internal sealed record ExistingRelation(Relation Relation, RelationKind Kind);
