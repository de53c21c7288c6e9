using Recoup.Embedded.Temporal.Engine;
using Recoup.Embedded.Temporal.Runs;
using Recoup.Embedded.Temporal.Visibility;
using Temporalio.Api.WorkflowService.V1;

namespace Recoup.Embedded.Temporal.Frontend;

/// <summary>What is refused before anything is touched, in the order and the words of the real server.</summary>
internal sealed class RequestChecks(Namespaces namespaces, SearchAttributeTypes attributeTypes, Limits limits)
{
    public void Start(StartWorkflowExecutionRequest request)
    {
        namespaces.Require(request.Namespace);
        WorkflowId(request.WorkflowId);
        Name(request.WorkflowType?.Name, "WorkflowType");
        Queue(request.TaskQueue);
        Length(request.RequestId, "RequestId");
        Timeout(request.WorkflowExecutionTimeout, "WorkflowExecutionTimeoutSeconds");
        Timeout(request.WorkflowRunTimeout, "WorkflowRunTimeoutSeconds");
        Timeout(request.WorkflowTaskTimeout, "WorkflowTaskTimeoutSeconds");
        Timeout(request.WorkflowStartDelay, "WorkflowStartDelaySeconds");
        Refuse(request.CronSchedule.Length > 0 && request.WorkflowStartDelay.Span() > TimeSpan.Zero ? "CronSchedule and WorkflowStartDelay may not be used together." : null);
        Refuse(request.RetryPolicy is null ? null : RetryPolicies.Problem(RetryPolicies.WithDefaults(request.RetryPolicy)));
        Refuse(StartPolicies.Problem(request.WorkflowIdReusePolicy, request.WorkflowIdConflictPolicy));
        Refuse(request.SearchAttributes is null ? null : attributeTypes.Problem(request.SearchAttributes));
        Blob(request.Input);
        Refuse(request.Memo is not null && request.Memo.CalculateSize() > limits.PayloadBytesMax ? "Memo size exceeds limit." : null);
        NotOffered(request.CronSchedule.Length > 0, "cron schedules");
        NotOffered(request.CompletionCallbacks.Count > 0, "completion callbacks");
        NotOffered(request.VersioningOverride is not null, "versioning overrides");
        NotOffered(request.TimeSkippingConfig is not null, "time skipping");
    }

    public void Signal(string ns, WorkflowExecution? execution, string signalName, Payloads? input, string requestId)
    {
        Execution(ns, execution);
        Name(signalName, "SignalName");
        Length(requestId, "RequestId");
        Blob(input);
    }

    public void Execution(string ns, WorkflowExecution? execution)
    {
        namespaces.Require(ns);
        WorkflowId(execution?.WorkflowId ?? "");
        Refuse(execution!.RunId.Length > 0 && !Guid.TryParse(execution.RunId, out _) ? "Invalid RunId." : null);
    }

    public void Queue(QueueName? queue)
    {
        Refuse(queue is null ? "taskQueue is not set" : queue.Name.Length == 0 ? "missing task queue name" : null);
        Refuse(queue!.Name.Length > limits.NameLengthMax ? "taskQueue length exceeds limit" : null);
    }

    public static void Refuse(string? problem)
    {
        if (problem is not null)
        {
            throw Refusals.InvalidArgument(problem);
        }
    }

    private static void NotOffered(bool asked, string what)
    {
        if (asked)
        {
            throw Refusals.Unimplemented(what);
        }
    }

    private static void Timeout(Duration? timeout, string name) =>
        Refuse(timeout.Span() < TimeSpan.Zero ? $"An invalid {name} is set on request. cause: negative duration" : null);

    private void WorkflowId(string id)
    {
        Refuse(id.Length == 0 ? "WorkflowId is not set on request." : null);
        Length(id, "WorkflowId");
    }

    private void Name(string? name, string what)
    {
        Refuse(string.IsNullOrEmpty(name) ? $"{what} is not set on request." : null);
        Length(name!, what);
    }

    private void Length(string text, string what) => Refuse(text.Length > limits.NameLengthMax ? $"{what} length exceeds limit." : null);

    private void Blob(Payloads? payloads) => Refuse(payloads is not null && payloads.CalculateSize() > limits.PayloadBytesMax ? "Blob data size exceeds limit." : null);
}
