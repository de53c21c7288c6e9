using Recoup.Embedded.Temporal.Runs;
using Recoup.Embedded.Temporal.Visibility;

namespace Recoup.Embedded.Temporal.Storage;

/// <summary>From a run's state to the row that list and count read.</summary>
internal static class VisibilityRows
{
    public static VisibilityRow Of(RunState run) => new()
    {
        Key = run.Key,
        Namespace = run.Namespace,
        WorkflowId = run.WorkflowId,
        RunId = run.RunId,
        WorkflowType = run.WorkflowType,
        TaskQueue = run.TaskQueue,
        Status = run.Status,
        StartedAt = run.StartedAt,
        ExecutionAt = run.ExecutionAt,
        ClosedAt = run.ClosedAt,
        HistoryLength = run.NextEventId - 1,
        HistoryBytes = run.HistoryBytes,
        Memo = run.Memo?.ToByteArray(),
        SearchAttributes = run.SearchAttributes?.ToByteArray(),
        AttributesJson = SearchAttributeValues.Json(run.SearchAttributes),
    };
}
