using Grpc.Core;
using Temporalio.Api.ErrorDetails.V1;

namespace Recoup.Embedded.Temporal.Engine;

/// <summary>The answers that say no, with the codes, details and words that the SDKs and the tools know from the real server.</summary>
internal static class Refusals
{
    private const string DetailsTrailer = "grpc-status-details-bin";

    public static RpcException InvalidArgument(string message) => Create(StatusCode.InvalidArgument, message);

    public static RpcException NotFound(string message) => Create(StatusCode.NotFound, message, new NotFoundFailure());

    public static RpcException WorkflowNotFound(string workflowId) => NotFound($"workflow not found for ID: {workflowId}");

    public static RpcException RunNotFound(string workflowId, string runId) => NotFound($"workflow execution not found for workflow ID \"{workflowId}\" and run ID \"{runId}\"");

    public static RpcException AlreadyCompleted() => NotFound("workflow execution already completed");

    public static RpcException TaskNotFound() => NotFound("Workflow task not found.");

    public static RpcException ActivityNotFound() => NotFound("invalid activityID or activity already timed out or invoking workflow is completed");

    public static RpcException NamespaceNotFound(string name) =>
        Create(StatusCode.NotFound, $"Namespace {name} is not found.", new NamespaceNotFoundFailure { Namespace = name });

    public static RpcException AlreadyStarted(string message, string requestId, string runId) =>
        Create(StatusCode.AlreadyExists, message, new WorkflowExecutionAlreadyStartedFailure { StartRequestId = requestId, RunId = runId });

    public static RpcException NotReady(string message) => Create(StatusCode.FailedPrecondition, message, new WorkflowNotReadyFailure());

    public static RpcException QueryFailed(string message, Failure? failure) =>
        Create(StatusCode.InvalidArgument, message, new QueryFailedFailure { Failure = failure });

    public static RpcException ResourceExhausted(string message) => Create(StatusCode.ResourceExhausted, message);

    public static RpcException Unimplemented(string what) =>
        Create(StatusCode.Unimplemented, $"the embedded server does not offer {what}; use a Temporal cluster for it");

    private static RpcException Create(StatusCode code, string message, IMessage? detail = null)
    {
        if (detail is null)
        {
            return new RpcException(new Status(code, message));
        }

        var status = new GrpcStatus { Code = (int)code, Message = message };
        status.Details.Add(Google.Protobuf.WellKnownTypes.Any.Pack(detail));
        return new RpcException(new Status(code, message), new Metadata { { DetailsTrailer, status.ToByteArray() } });
    }
}
