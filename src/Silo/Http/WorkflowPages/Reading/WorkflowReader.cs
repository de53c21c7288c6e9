using Google.Protobuf;
using Recoup.Silo.Workflows.Timelines;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using WorkflowExecution = Temporalio.Api.Common.V1.WorkflowExecution;

namespace Recoup.Silo.Http.WorkflowPages.Reading;

/// <summary>Reads one run through the client API: its description and its history.</summary>
internal sealed class WorkflowReader(ITemporalClient client)
{
    /// <summary>A recovery has some hundred events. A page with many thousands would help nobody, and hold them all in memory.</summary>
    private const int EventsMax = 3_000;
    private static readonly TimeSpan RpcTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The run, or the newest one when none is named; null when the server does not know it.</summary>
    /// <exception cref="RpcException">The server fails for another reason.</exception>
    public async Task<WorkflowDetail?> ReadAsync(string workflowId, string? runId, CancellationToken cancellationToken)
    {
        var rpc = new RpcOptions { Timeout = RpcTimeout, CancellationToken = cancellationToken };
        var execution = new WorkflowExecution { WorkflowId = workflowId, RunId = runId ?? "" };
        try
        {
            // Not the handle's own description: it keeps the pending activities to itself.
            var described = await client.WorkflowService.DescribeWorkflowExecutionAsync(
                new() { Namespace = client.Options.Namespace, Execution = execution }, rpc);
            return Detail(described, await ReadEventsAsync(described.WorkflowExecutionInfo.Execution, rpc));
        }
        catch (RpcException exception) when (exception.Code is RpcException.StatusCode.NotFound or RpcException.StatusCode.InvalidArgument)
        {
            // An id that cannot be one (too long, a run id that is none) is as unknown as any other.
            return null;
        }
    }

    private async Task<List<HistoryEvent>> ReadEventsAsync(WorkflowExecution execution, RpcOptions rpc)
    {
        var events = new List<HistoryEvent>();
        var token = ByteString.Empty;
        do
        {
            var page = await client.WorkflowService.GetWorkflowExecutionHistoryAsync(
                new() { Namespace = client.Options.Namespace, Execution = execution, NextPageToken = token }, rpc);
            events.AddRange(page.History.Events.Take(EventsMax - events.Count));
            token = page.NextPageToken;
        }
        while (!token.IsEmpty && events.Count < EventsMax);
        return events;
    }

    private static WorkflowDetail Detail(DescribeWorkflowExecutionResponse described, List<HistoryEvent> events)
    {
        var info = described.WorkflowExecutionInfo;
        return new WorkflowDetail
        {
            WorkflowId = info.Execution.WorkflowId,
            RunId = info.Execution.RunId,
            Type = info.Type.Name,
            TaskQueue = info.TaskQueue,
            Status = info.Status,
            StartedAt = info.StartTime.ToDateTimeOffset(),
            ClosedAt = info.CloseTime?.ToDateTimeOffset(),
            Summary = PayloadText.String(described.ExecutionConfig?.UserMetadata?.Summary),
            SearchAttributes = Fields(info.SearchAttributes?.IndexedFields),
            Memo = Fields(info.Memo?.Fields),
            Events = Math.Max(info.HistoryLength, events.Count),
            EventsRead = events.Count,
            Entries = HistoryTimeline.Read(events, described.PendingActivities),
            PreviousRunId = NullIfEmpty(events[0].WorkflowExecutionStartedEventAttributes?.ContinuedExecutionRunId),
            NextRunId = NullIfEmpty(NextRunId(events[^1])),
        };
    }

    private static string? NextRunId(HistoryEvent last) =>
        last.WorkflowExecutionContinuedAsNewEventAttributes?.NewExecutionRunId
        ?? last.WorkflowExecutionCompletedEventAttributes?.NewExecutionRunId
        ?? last.WorkflowExecutionFailedEventAttributes?.NewExecutionRunId
        ?? last.WorkflowExecutionTimedOutEventAttributes?.NewExecutionRunId;

    private static List<KeyValuePair<string, string>> Fields(IEnumerable<KeyValuePair<string, Payload>>? fields) =>
        [.. (fields ?? []).OrderBy(static field => field.Key, StringComparer.Ordinal).Select(static field => KeyValuePair.Create(field.Key, Shown(field.Value)))];

    private static string Shown(Payload value) => PayloadText.String(value) ?? PayloadText.Of(value);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
