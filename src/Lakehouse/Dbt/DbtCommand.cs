namespace Recoup.Lakehouse.Dbt;

/// <summary>One call of dbt.</summary>
/// <param name="Verb"><c>build</c>, <c>run</c>, <c>test</c>, <c>seed</c>, <c>compile</c>, <c>ls</c> or <c>source freshness</c>.</param>
public sealed record DbtCommand(string Verb)
{
    /// <summary>Selectors as after <c>--select</c>; all nodes when empty.</summary>
    public IReadOnlyList<string> Select { get; init; } = [];

    /// <summary>Selectors as after <c>--exclude</c>.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Builds incremental models from scratch.</summary>
    public bool FullRefresh { get; init; }

    /// <summary>As in <c>--vars</c>: they win over those of <c>dbt_project.yml</c>.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; init; } = new Dictionary<string, object?>();
}
