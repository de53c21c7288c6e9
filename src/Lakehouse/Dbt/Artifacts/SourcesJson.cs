using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Running;

namespace Recoup.Lakehouse.Dbt.Artifacts;

/// <summary><c>sources.json</c>, schema version 3.</summary>
internal static class SourcesJson
{
    public static string Write(DbtSession session, IReadOnlyList<FreshnessOutcome> outcomes) => PyJson.Write(new PyDict
    {
        { "metadata", ArtifactMetadata.Of(session, "sources/v3") },
        { "results", new PyList(outcomes.Select(Result)) },
        { "elapsed_time", (session.Base.Clock.GetUtcNow() - session.Base.RunStartedAt).TotalSeconds },
    });

    private static PyDict Result(FreshnessOutcome outcome) => outcome.Node.Status == "runtime error"
        ? new PyDict { { "unique_id", outcome.Node.Node.UniqueId }, { "error", outcome.Node.Message }, { "status", outcome.Node.Status } }
        : new PyDict
        {
            { "unique_id", outcome.Node.Node.UniqueId },
            { "max_loaded_at", outcome.MaxLoadedAt is { } at ? ArtifactMetadata.Time(at) : null },
            { "snapshotted_at", ArtifactMetadata.Time(outcome.SnapshottedAt) },
            { "max_loaded_at_time_ago_in_s", (outcome.SnapshottedAt - outcome.MaxLoadedAt)?.TotalSeconds },
            { "status", outcome.Node.Status },
            { "criteria", NodeDictionary.FreshnessOf(outcome.Node.Node.Source!.Freshness) },
            { "adapter_response", new PyDict() },
            { "timing", new PyList() },
            { "thread_id", "Thread-1" },
            { "execution_time", outcome.Node.Elapsed.TotalSeconds },
        };
}
