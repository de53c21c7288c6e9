using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Running;

namespace Recoup.Lakehouse.Dbt.Artifacts;

/// <summary><c>run_results.json</c>, schema version 6.</summary>
internal static class RunResultsJson
{
    public static string Write(DbtSession session, IReadOnlyList<NodeOutcome> outcomes) => PyJson.Write(new PyDict
    {
        { "metadata", ArtifactMetadata.Of(session, "run-results/v6") },
        { "results", new PyList(outcomes.Select(Result)) },
        { "elapsed_time", (session.Base.Clock.GetUtcNow() - session.Base.RunStartedAt).TotalSeconds },
        { "args", Arguments(session.Command) },
    });

    private static PyDict Result(NodeOutcome outcome)
    {
        var node = outcome.Node;
        var hasCode = node.ResourceType is not (ResourceType.Seed or ResourceType.Source or ResourceType.Exposure);
        return new PyDict
        {
            { "status", outcome.Status },
            { "timing", outcome.Status == NodeOutcome.Skipped ? new PyList() : new PyList([Timing("compile", outcome.StartedAt, outcome.StartedAt), Timing("execute", outcome.StartedAt, outcome.StartedAt + outcome.Elapsed)]) },
            { "thread_id", "Thread-1" },
            { "execution_time", outcome.Elapsed.TotalSeconds },
            { "adapter_response", outcome.Response ?? new PyDict() },
            { "message", outcome.Message },
            { "failures", outcome.Failures },
            { "unique_id", node.UniqueId },
            { "compiled", hasCode ? outcome.CompiledCode is not null : null },
            { "compiled_code", outcome.CompiledCode },
            { "relation_name", node.IsRelational && hasCode ? node.Relation.ToString() : null },
            { "batch_results", null },
        };
    }

    private static PyDict Timing(string name, DateTimeOffset from, DateTimeOffset to) => new()
    {
        { "name", name }, { "started_at", ArtifactMetadata.Time(from) }, { "completed_at", ArtifactMetadata.Time(to) },
    };

    private static PyDict Arguments(DbtCommand command) => new()
    {
        { "which", command.Verb }, { "select", new PyList(command.Select) }, { "exclude", new PyList(command.Exclude) },
        { "indirect_selection", command.IndirectSelection }, { "resource_types", new PyList(command.ResourceTypes) },
        { "vars", new PyDict(command.Variables.Select(entry => KeyValuePair.Create<object?, object?>(entry.Key, Projects.PlainValue.Of(entry.Value)))) },
        { "full_refresh", command.FullRefresh }, { "fail_fast", command.FailFast },
    };
}
