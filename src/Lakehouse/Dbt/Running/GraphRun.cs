using Recoup.Lakehouse.Dbt.Graph;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Runs nodes in their order, and skips what reads a node that failed.</summary>
internal sealed class GraphRun(DbtSession session, NodeRunner runner, IProgress<DbtNodeResult>? progress)
{
    private readonly HashSet<string> blocked = new(StringComparer.Ordinal);
    private readonly List<NodeOutcome> outcomes = [];

    public async Task<IReadOnlyList<NodeOutcome>> RunAsync(IReadOnlySet<string> selected, CancellationToken cancellation)
    {
        var graph = new ExecutionGraph(session.Manifest, withTests: session.Command.Verb == "build");
        await CreateSchemasAsync(selected, cancellation);
        foreach (var node in graph.Order(selected).Select(id => session.Manifest.Nodes[id]))
        {
            cancellation.ThrowIfCancellationRequested();
            var outcome = await StepAsync(node, cancellation);
            if (!node.IsEphemeral || outcome.Status == NodeOutcome.Error)
            {
                Report(outcome, graph);
            }
        }

        return outcomes;
    }

    public static DbtNodeResult Result(NodeOutcome outcome) =>
        new(outcome.Node.UniqueId, outcome.Status, outcome.Message, outcome.Failures, outcome.RowsAffected, outcome.Elapsed);

    private async Task<NodeOutcome> StepAsync(DbtNode node, CancellationToken cancellation) =>
        session.Command.FailFast && outcomes.Exists(outcome => outcome.IsFailure) ? NodeOutcome.Skip(node, "Skipping due to fail_fast")
        : blocked.Contains(node.UniqueId) ? NodeOutcome.Skip(node)
        : await runner.RunAsync(node, cancellation);

    private void Report(NodeOutcome outcome, ExecutionGraph graph)
    {
        outcomes.Add(outcome);
        if (outcome.IsFailure)
        {
            blocked.UnionWith(graph.Dependents(outcome.Node.UniqueId));
        }

        if (outcome.IsFailure && outcome.Node.UnitTest is not null && session.Command.Verb == "build")
        {
            // A model whose unit test failed is not built, so its other unit tests have nothing to guard.
            blocked.UnionWith(session.Manifest.Nodes.Values.Where(node => node.UnitTest is not null && node.DependsOn[0] == outcome.Node.DependsOn[0]).Select(node => node.UniqueId));
        }

        progress?.Report(Result(outcome));
    }

    private async Task CreateSchemasAsync(IReadOnlySet<string> selected, CancellationToken cancellation)
    {
        var made = selected.Select(id => session.Manifest.Nodes[id]).Where(NeedsSchema);
        foreach (var schema in made.Select(node => node.Schema).Distinct(StringComparer.Ordinal))
        {
            await session.RequireWarehouse().CreateSchemaAsync(schema, cancellation);
        }
    }

    private bool NeedsSchema(DbtNode node) => node.ResourceType is ResourceType.Model or ResourceType.Seed ? !node.IsEphemeral
        : node.ResourceType == ResourceType.Test
            && (node.Config.GetFlag("store_failures", session.Command.StoreFailures) || node.Config.GetText("store_failures_as") is "table" or "view");
}
