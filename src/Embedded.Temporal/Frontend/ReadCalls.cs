using Grpc.Core;
using Recoup.Embedded.Temporal.Engine;
using Recoup.Embedded.Temporal.Storage;
using Temporalio.Api.WorkflowService.V1;

namespace Recoup.Embedded.Temporal.Frontend;

/// <summary>Calls that read one workflow: its description and its history.</summary>
internal sealed class ReadCalls(RunEngine engine, RequestChecks checks) : IFrontendCalls
{
    public void Bind(FrontendMethods methods)
    {
        methods.Bind<DescribeWorkflowExecutionRequest, DescribeWorkflowExecutionResponse>("DescribeWorkflowExecution", DescribeAsync);
        methods.Bind<GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse>("GetWorkflowExecutionHistory", HistoryAsync);
        methods.Bind<GetWorkflowExecutionHistoryReverseRequest, GetWorkflowExecutionHistoryReverseResponse>("GetWorkflowExecutionHistoryReverse", ReverseAsync);
    }

    private Task<DescribeWorkflowExecutionResponse> DescribeAsync(DescribeWorkflowExecutionRequest request, ServerCallContext call)
    {
        checks.Execution(request.Namespace, request.Execution);
        return engine.ReadAsync(new ExecutionKey(request.Namespace, request.Execution.WorkflowId), request.Execution.RunId, Descriptions.Of, call.CancellationToken);
    }

    private Task<GetWorkflowExecutionHistoryResponse> HistoryAsync(GetWorkflowExecutionHistoryRequest request, ServerCallContext call)
    {
        checks.Execution(request.Namespace, request.Execution);
        return engine.GetHistoryAsync(request, CallTime.Left(call), call.CancellationToken);
    }

    private Task<GetWorkflowExecutionHistoryReverseResponse> ReverseAsync(GetWorkflowExecutionHistoryReverseRequest request, ServerCallContext call)
    {
        checks.Execution(request.Namespace, request.Execution);
        return engine.GetHistoryReverseAsync(request);
    }
}
