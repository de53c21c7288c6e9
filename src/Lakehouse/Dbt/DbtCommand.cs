namespace Recoup.Lakehouse.Dbt;

/// <summary>One call of dbt.</summary>
/// <param name="Verb">
/// <c>build</c>, <c>run</c>, <c>test</c>, <c>seed</c>, <c>compile</c>, <c>ls</c>, <c>parse</c>, <c>show</c>, <c>run-operation</c> or <c>source freshness</c>.
/// </param>
public sealed record DbtCommand(string Verb)
{
    /// <summary>Selectors as after <c>--select</c>; all nodes when empty.</summary>
    public IReadOnlyList<string> Select { get; init; } = [];

    /// <summary>Selectors as after <c>--exclude</c>.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The name of a selector of <c>selectors.yml</c>, in place of <see cref="Select"/> and <see cref="Exclude"/>.</summary>
    public string? Selector { get; init; }

    /// <summary>Only nodes of these kinds, such as <c>model</c>; all kinds when empty.</summary>
    public IReadOnlyList<string> ResourceTypes { get; init; } = [];

    /// <summary>No nodes of these kinds.</summary>
    public IReadOnlyList<string> ExcludeResourceTypes { get; init; } = [];

    /// <summary>How tests come with selected nodes: <c>eager</c> (dbt's standard), <c>cautious</c>, <c>buildable</c> or <c>empty</c>.</summary>
    public string IndirectSelection { get; init; } = "eager";

    /// <summary>Builds incremental models from scratch.</summary>
    public bool FullRefresh { get; init; }

    /// <summary>Skips everything after the first failure.</summary>
    public bool FailFast { get; init; }

    /// <summary>Tests keep the rows that failed in tables, as if each were configured so.</summary>
    public bool StoreFailures { get; init; }

    /// <summary>Warnings are errors.</summary>
    public bool WarnError { get; init; }

    /// <summary>As in <c>--vars</c>: they win over those of <c>dbt_project.yml</c>.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; init; } = new Dictionary<string, object?>();

    /// <summary>The target of the profile, over the configured one.</summary>
    public string? Target { get; init; }

    /// <summary>A query in place of a node, for <c>compile</c> and <c>show</c>.</summary>
    public string? Inline { get; init; }

    /// <summary>Most rows that <c>show</c> returns; all when negative.</summary>
    public int Limit { get; init; } = 5;

    /// <summary>The macro of <c>run-operation</c>.</summary>
    public string? Macro { get; init; }

    /// <summary>The macro's keyword arguments.</summary>
    public IReadOnlyDictionary<string, object?> MacroArguments { get; init; } = new Dictionary<string, object?>();
}
