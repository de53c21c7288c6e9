using Grpc.Core;
using Recoup.Embedded.Temporal.Runs;
using Temporalio.Api.WorkflowService.V1;

namespace Recoup.Embedded.Temporal.Engine;

/// <summary>What the policies of a workflow id say about a second start.</summary>
internal static class StartPolicies
{
    public static bool TerminatesRunning(StartWorkflowExecutionRequest request) =>
        request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.TerminateExisting
        || request.WorkflowIdReusePolicy == WorkflowIdReusePolicy.TerminateIfRunning;

    /// <summary>Why no run may follow a closed one; null if one may.</summary>
    public static RpcException? Refusal(StartWorkflowExecutionRequest request, RunState closed)
    {
        var who = $"WorkflowId: {closed.WorkflowId}, RunId: {closed.RunId}.";
        return request.WorkflowIdReusePolicy switch
        {
            WorkflowIdReusePolicy.RejectDuplicate => Refusals.AlreadyStarted(
                $"Workflow execution already finished. {who} Workflow Id reuse policy: reject duplicate workflow Id.", closed.StartRequestId, closed.RunId),
            WorkflowIdReusePolicy.AllowDuplicateFailedOnly when closed.Status == WorkflowExecutionStatus.Completed => Refusals.AlreadyStarted(
                $"Workflow execution already finished successfully. {who} Workflow Id reuse policy: allow duplicate workflow Id if last run failed.", closed.StartRequestId, closed.RunId),
            _ => null,
        };
    }

    /// <summary>Why these two policies cannot be asked for together; null if they can.</summary>
    public static string? Problem(WorkflowIdReusePolicy reuse, WorkflowIdConflictPolicy conflict)
    {
        if (reuse == WorkflowIdReusePolicy.TerminateIfRunning && conflict != WorkflowIdConflictPolicy.Unspecified)
        {
            return "Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING cannot be used together with a WorkflowIDConflictPolicy";
        }

        return reuse == WorkflowIdReusePolicy.RejectDuplicate && conflict == WorkflowIdConflictPolicy.TerminateExisting
            ? "Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE cannot be used together with WorkflowIdConflictPolicy WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING"
            : null;
    }
}
