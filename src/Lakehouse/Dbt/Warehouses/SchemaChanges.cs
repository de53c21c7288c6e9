namespace Recoup.Lakehouse.Dbt.Warehouses;

/// <summary>How the columns of a model's query differ from those of its table, and what is done about it.</summary>
internal sealed record SchemaChanges(IReadOnlyList<RelationColumn> Added, IReadOnlyList<RelationColumn> Removed, IReadOnlyList<RelationColumn> Retyped)
{
    private static readonly SchemaChanges None = new([], [], []);

    /// <summary>What changes in the table.</summary>
    /// <param name="source">The query's columns.</param>
    /// <param name="target">The table's.</param>
    /// <param name="policy">dbt's <c>on_schema_change</c>.</param>
    /// <param name="columnClass">What dbt calls a column of this adapter in messages.</param>
    /// <exception cref="WarehouseException">There are differences, and the policy is to fail.</exception>
    public static SchemaChanges Find(
        IReadOnlyList<RelationColumn> source, IReadOnlyList<RelationColumn> target, OnSchemaChange policy, Func<RelationColumn, string> columnClass)
    {
        var found = new SchemaChanges(Missing(source, target), Missing(target, source), [.. source.Where(column => target.Any(other => other.Name == column.Name && other.Type != column.Type))]);
        return policy switch
        {
            OnSchemaChange.Fail when found.Added.Count + found.Removed.Count + found.Retyped.Count > 0 => throw found.OutOfSync(columnClass),
            OnSchemaChange.AppendNewColumns => None with { Added = found.Added },
            OnSchemaChange.SyncAllColumns => found,
            _ => None,
        };
    }

    /// <summary>The columns that are written: the query's, or where differences are ignored the table's.</summary>
    public static IReadOnlyList<RelationColumn> Written(IReadOnlyList<RelationColumn> source, IReadOnlyList<RelationColumn> target, OnSchemaChange policy) =>
        policy is OnSchemaChange.Ignore ? target : source;

    private static RelationColumn[] Missing(IReadOnlyList<RelationColumn> columns, IReadOnlyList<RelationColumn> from) =>
        [.. columns.Where(column => from.All(other => other.Name != column.Name))];

    /// <summary>dbt's own words.</summary>
    private WarehouseException OutOfSync(Func<RelationColumn, string> columnClass) => new(
        $$"""

                      The source and target schemas on this incremental model are out of sync!
                      They can be reconciled in several ways:
                        - set the `on_schema_change` config to either append_new_columns or sync_all_columns, depending on your situation.
                        - Re-run the incremental model with `full_refresh: True` to update the target schema.
                        - update the schema manually and re-run the process.

                      Additional troubleshooting context:
                         Source columns not in target: [{{string.Join(", ", Added.Select(columnClass))}}]
                         Target columns not in source: [{{string.Join(", ", Removed.Select(columnClass))}}]
                         New column types: [{{string.Join(", ", Retyped.Select(column => $"{{'column_name': '{column.Name}', 'new_type': '{column.Type}'}}"))}}]
        """ + "\n          ",
        kind: WarehouseFailure.Compilation);
}
