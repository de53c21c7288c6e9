using Grpc.Core;
using Recoup.Embedded.Temporal.Engine;
using Recoup.Embedded.Temporal.Storage;
using Recoup.Embedded.Temporal.Visibility;
using Temporalio.Api.WorkflowService.V1;

namespace Recoup.Embedded.Temporal.Frontend;

/// <summary>Clients' calls that change workflows, and queries.</summary>
internal sealed class WorkflowCalls(RunEngine engine, RequestChecks checks, SearchAttributeTypes attributeTypes) : IFrontendCalls
{
    public void Bind(FrontendMethods methods)
    {
        methods.Bind<StartWorkflowExecutionRequest, StartWorkflowExecutionResponse>("StartWorkflowExecution", StartAsync);
        methods.Bind<SignalWithStartWorkflowExecutionRequest, SignalWithStartWorkflowExecutionResponse>("SignalWithStartWorkflowExecution", SignalWithStartAsync);
        methods.Bind<SignalWorkflowExecutionRequest, SignalWorkflowExecutionResponse>("SignalWorkflowExecution", SignalAsync);
        methods.Bind<RequestCancelWorkflowExecutionRequest, RequestCancelWorkflowExecutionResponse>("RequestCancelWorkflowExecution", CancelAsync);
        methods.Bind<TerminateWorkflowExecutionRequest, TerminateWorkflowExecutionResponse>("TerminateWorkflowExecution", TerminateAsync);
        methods.Bind<DeleteWorkflowExecutionRequest, DeleteWorkflowExecutionResponse>("DeleteWorkflowExecution", DeleteAsync);
        methods.Bind<QueryWorkflowRequest, QueryWorkflowResponse>("QueryWorkflow", QueryAsync);
        methods.Bind<ResetStickyTaskQueueRequest, ResetStickyTaskQueueResponse>("ResetStickyTaskQueue", ResetStickyAsync);
    }

    private async Task<StartWorkflowExecutionResponse> StartAsync(StartWorkflowExecutionRequest request, ServerCallContext call)
    {
        checks.Start(request);
        var outcome = await engine.StartAsync(Prepared(request));
        return new()
        {
            RunId = outcome.RunId,
            Started = outcome.Started,
            Status = outcome.Status,
            Link = new()
            {
                WorkflowEvent = new()
                {
                    Namespace = request.Namespace,
                    WorkflowId = request.WorkflowId,
                    RunId = outcome.RunId,
                    EventRef = new() { EventId = 1, EventType = EventType.WorkflowExecutionStarted },
                },
            },
        };
    }

    private async Task<SignalWithStartWorkflowExecutionResponse> SignalWithStartAsync(SignalWithStartWorkflowExecutionRequest request, ServerCallContext call)
    {
        RequestChecks.Refuse(request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.Fail
            ? "Invalid WorkflowIDConflictPolicy: WORKFLOW_ID_CONFLICT_POLICY_FAIL is not supported for this operation."
            : null);
        var start = StartPartOf(request);
        var execution = new WorkflowExecution { WorkflowId = request.WorkflowId };
        checks.Signal(request.Namespace, execution, request.SignalName, request.SignalInput, request.RequestId);
        checks.Start(start);
        var outcome = await engine.StartAsync(Prepared(start), new SignalWorkflowExecutionRequest
        {
            Namespace = request.Namespace,
            WorkflowExecution = execution,
            SignalName = request.SignalName,
            Input = request.SignalInput,
            Identity = request.Identity,
            RequestId = request.RequestId,
            Header = request.Header,
        });
        return new() { RunId = outcome.RunId, Started = outcome.Started };
    }

    private async Task<SignalWorkflowExecutionResponse> SignalAsync(SignalWorkflowExecutionRequest request, ServerCallContext call)
    {
        checks.Signal(request.Namespace, request.WorkflowExecution, request.SignalName, request.Input, request.RequestId);
        await engine.SignalAsync(request);
        return new();
    }

    private async Task<RequestCancelWorkflowExecutionResponse> CancelAsync(RequestCancelWorkflowExecutionRequest request, ServerCallContext call)
    {
        checks.Execution(request.Namespace, request.WorkflowExecution);
        await engine.RequestCancelAsync(request);
        return new();
    }

    private async Task<TerminateWorkflowExecutionResponse> TerminateAsync(TerminateWorkflowExecutionRequest request, ServerCallContext call)
    {
        checks.Execution(request.Namespace, request.WorkflowExecution);
        await engine.TerminateAsync(request);
        return new();
    }

    private async Task<DeleteWorkflowExecutionResponse> DeleteAsync(DeleteWorkflowExecutionRequest request, ServerCallContext call)
    {
        checks.Execution(request.Namespace, request.WorkflowExecution);
        await engine.DeleteAsync(new ExecutionKey(request.Namespace, request.WorkflowExecution.WorkflowId), request.WorkflowExecution.RunId);
        return new();
    }

    private Task<QueryWorkflowResponse> QueryAsync(QueryWorkflowRequest request, ServerCallContext call)
    {
        checks.Execution(request.Namespace, request.Execution);
        RequestChecks.Refuse(string.IsNullOrEmpty(request.Query?.QueryType) ? "QueryType is not set on request." : null);
        return engine.QueryAsync(request, call.CancellationToken);
    }

    private async Task<ResetStickyTaskQueueResponse> ResetStickyAsync(ResetStickyTaskQueueRequest request, ServerCallContext call)
    {
        checks.Execution(request.Namespace, request.Execution);
        await engine.ResetStickyAsync(new ExecutionKey(request.Namespace, request.Execution.WorkflowId), request.Execution.RunId);
        return new();
    }

    /// <summary>Search attributes carry their types from here on; a call without a request id cannot come twice.</summary>
    private StartWorkflowExecutionRequest Prepared(StartWorkflowExecutionRequest request)
    {
        request.SearchAttributes = request.SearchAttributes is null ? null : attributeTypes.Typed(request.SearchAttributes);
        request.RequestId = request.RequestId.Length > 0 ? request.RequestId : Guid.NewGuid().ToString();
        return request;
    }

    private static StartWorkflowExecutionRequest StartPartOf(SignalWithStartWorkflowExecutionRequest request) => new()
    {
        Namespace = request.Namespace,
        WorkflowId = request.WorkflowId,
        WorkflowType = request.WorkflowType,
        TaskQueue = request.TaskQueue,
        Input = request.Input,
        WorkflowExecutionTimeout = request.WorkflowExecutionTimeout,
        WorkflowRunTimeout = request.WorkflowRunTimeout,
        WorkflowTaskTimeout = request.WorkflowTaskTimeout,
        Identity = request.Identity,
        RequestId = request.RequestId,
        WorkflowIdReusePolicy = request.WorkflowIdReusePolicy,
        WorkflowIdConflictPolicy = request.WorkflowIdConflictPolicy,
        RetryPolicy = request.RetryPolicy,
        CronSchedule = request.CronSchedule,
        Memo = request.Memo,
        SearchAttributes = request.SearchAttributes,
        Header = request.Header,
        WorkflowStartDelay = request.WorkflowStartDelay,
        UserMetadata = request.UserMetadata,
        VersioningOverride = request.VersioningOverride,
        Priority = request.Priority,
        TimeSkippingConfig = request.TimeSkippingConfig,
    };
}
