using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Dbt.Warehouses;

internal enum IncrementalStrategy
{
    Append,
    DeleteInsert,
    Merge,
}

/// <summary>What happens when a model's columns are not those of its table.</summary>
internal enum OnSchemaChange
{
    Ignore,
    Fail,
    AppendNewColumns,
    SyncAllColumns,
}

/// <summary>How new rows come into a table that is there.</summary>
internal sealed record IncrementalPlan(IncrementalStrategy Strategy)
{
    public IReadOnlyList<string> UniqueKey { get; init; } = [];

    public OnSchemaChange OnSchemaChange { get; init; }

    /// <summary>The columns that a merge updates; <see langword="null"/> for all.</summary>
    public IReadOnlyList<string>? MergeUpdateColumns { get; init; }

    /// <summary>The columns that a merge leaves; <see langword="null"/> for none.</summary>
    public IReadOnlyList<string>? MergeExcludeColumns { get; init; }

    /// <summary>Conditions that rows of the table must meet to be looked at; they name the table <c>DBT_INTERNAL_DEST</c>.</summary>
    public IReadOnlyList<string> Predicates { get; init; } = [];

    /// <summary>The columns that a merge updates, quoted or as written; <see langword="null"/> when it is all of them.</summary>
    /// <exception cref="WarehouseException">Both kinds of configuration are there.</exception>
    public IReadOnlyList<string>? UpdatedColumns(IReadOnlyList<RelationColumn> written) => (MergeUpdateColumns, MergeExcludeColumns) switch
    {
        ({ Count: > 0 }, { Count: > 0 }) => throw new WarehouseException(
            "Model cannot specify merge_update_columns and merge_exclude_columns. Please update model to use only one config", kind: WarehouseFailure.Compilation),
        ({ Count: > 0 } included, _) => included,
        (_, { Count: > 0 } excluded) => [.. written.Where(column => !excluded.Contains(column.Name, StringComparer.OrdinalIgnoreCase)).Select(column => SqlText.Name(column.Name))],
        _ => null,
    };
}
