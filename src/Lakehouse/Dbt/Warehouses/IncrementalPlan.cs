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
}
