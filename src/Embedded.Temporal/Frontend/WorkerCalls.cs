using Grpc.Core;
using Recoup.Embedded.Temporal.Engine;
using Recoup.Embedded.Temporal.Matching;
using Temporalio.Api.WorkflowService.V1;

namespace Recoup.Embedded.Temporal.Frontend;

/// <summary>Workers' calls: asking for tasks and answering them.</summary>
internal sealed class WorkerCalls(RunEngine engine, TaskQueues queues, RequestChecks checks, Namespaces namespaces) : IFrontendCalls
{
    public void Bind(FrontendMethods methods)
    {
        methods.Bind<PollWorkflowTaskQueueRequest, PollWorkflowTaskQueueResponse>("PollWorkflowTaskQueue", PollWorkflowAsync);
        methods.Bind<PollActivityTaskQueueRequest, PollActivityTaskQueueResponse>("PollActivityTaskQueue", PollActivityAsync);
        methods.Bind<RespondWorkflowTaskCompletedRequest, RespondWorkflowTaskCompletedResponse>("RespondWorkflowTaskCompleted", (request, _) => engine.CompleteTaskAsync(request));
        methods.Bind<RespondWorkflowTaskFailedRequest, RespondWorkflowTaskFailedResponse>("RespondWorkflowTaskFailed", FailTaskAsync);
        methods.Bind<RespondQueryTaskCompletedRequest, RespondQueryTaskCompletedResponse>("RespondQueryTaskCompleted", CompleteQueryAsync);
        methods.Bind<ShutdownWorkerRequest, ShutdownWorkerResponse>("ShutdownWorker", ShutDownAsync);
        BindActivities(methods);
    }

    private void BindActivities(FrontendMethods methods)
    {
        methods.Bind<RespondActivityTaskCompletedRequest, RespondActivityTaskCompletedResponse>("RespondActivityTaskCompleted", async (request, _) =>
        {
            await engine.CompleteActivityAsync(ActivityName.ByToken(request.TaskToken), request.Result, request.Identity);
            return new();
        });
        methods.Bind<RespondActivityTaskCompletedByIdRequest, RespondActivityTaskCompletedByIdResponse>("RespondActivityTaskCompletedById", async (request, _) =>
        {
            await engine.CompleteActivityAsync(ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId), request.Result, request.Identity);
            return new();
        });
        methods.Bind<RespondActivityTaskFailedRequest, RespondActivityTaskFailedResponse>("RespondActivityTaskFailed", async (request, _) =>
        {
            var response = new RespondActivityTaskFailedResponse();
            if (await engine.FailActivityAsync(ActivityName.ByToken(request.TaskToken), request.Failure, request.LastHeartbeatDetails, request.Identity) is { } shortened)
            {
                response.Failures.Add(shortened);
            }

            return response;
        });
        methods.Bind<RespondActivityTaskFailedByIdRequest, RespondActivityTaskFailedByIdResponse>("RespondActivityTaskFailedById", async (request, _) =>
        {
            var response = new RespondActivityTaskFailedByIdResponse();
            if (await engine.FailActivityAsync(ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId), request.Failure, request.LastHeartbeatDetails, request.Identity) is { } shortened)
            {
                response.Failures.Add(shortened);
            }

            return response;
        });
        methods.Bind<RespondActivityTaskCanceledRequest, RespondActivityTaskCanceledResponse>("RespondActivityTaskCanceled", async (request, _) =>
        {
            await engine.CancelActivityAsync(ActivityName.ByToken(request.TaskToken), request.Details, request.Identity);
            return new();
        });
        methods.Bind<RespondActivityTaskCanceledByIdRequest, RespondActivityTaskCanceledByIdResponse>("RespondActivityTaskCanceledById", async (request, _) =>
        {
            await engine.CancelActivityAsync(ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId), request.Details, request.Identity);
            return new();
        });
        methods.Bind<RecordActivityTaskHeartbeatRequest, RecordActivityTaskHeartbeatResponse>("RecordActivityTaskHeartbeat", async (request, _) =>
            new() { CancelRequested = await engine.HeartbeatAsync(ActivityName.ByToken(request.TaskToken), request.Details, request.Identity) });
        methods.Bind<RecordActivityTaskHeartbeatByIdRequest, RecordActivityTaskHeartbeatByIdResponse>("RecordActivityTaskHeartbeatById", async (request, _) =>
            new() { CancelRequested = await engine.HeartbeatAsync(ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId), request.Details, request.Identity) });
    }

    private Task<PollWorkflowTaskQueueResponse> PollWorkflowAsync(PollWorkflowTaskQueueRequest request, ServerCallContext call)
    {
        namespaces.Require(request.Namespace);
        checks.Queue(request.TaskQueue);
        var key = new QueueKey(request.Namespace, request.TaskQueue.Name, TaskQueueType.Workflow);
        return engine.PollAsync<PollWorkflowTaskQueueResponse>(key, request.Identity, request.WorkerInstanceKey, CallTime.Left(call), call.CancellationToken);
    }

    private Task<PollActivityTaskQueueResponse> PollActivityAsync(PollActivityTaskQueueRequest request, ServerCallContext call)
    {
        namespaces.Require(request.Namespace);
        checks.Queue(request.TaskQueue);
        var key = new QueueKey(request.Namespace, request.TaskQueue.Name, TaskQueueType.Activity);
        return engine.PollAsync<PollActivityTaskQueueResponse>(key, request.Identity, request.WorkerInstanceKey, CallTime.Left(call), call.CancellationToken);
    }

    private async Task<RespondWorkflowTaskFailedResponse> FailTaskAsync(RespondWorkflowTaskFailedRequest request, ServerCallContext call)
    {
        await engine.FailTaskAsync(request);
        return new();
    }

    private Task<RespondQueryTaskCompletedResponse> CompleteQueryAsync(RespondQueryTaskCompletedRequest request, ServerCallContext call)
    {
        engine.CompleteQuery(request);
        return Task.FromResult(new RespondQueryTaskCompletedResponse());
    }

    /// <summary>A worker says that it goes: what waits in its sticky queue is for the others.</summary>
    private Task<ShutdownWorkerResponse> ShutDownAsync(ShutdownWorkerRequest request, ServerCallContext call)
    {
        namespaces.Require(request.Namespace);
        if (request.StickyTaskQueue.Length > 0 && queues.Find(new QueueKey(request.Namespace, request.StickyTaskQueue, TaskQueueType.Workflow)) is { } sticky)
        {
            foreach (var left in sticky.ShutDown())
            {
                var normal = left is QueuedWorkflowTask task ? task.NormalQueue : engine.NormalQueueOf(left);
                queues[new QueueKey(request.Namespace, normal, TaskQueueType.Workflow)].Add(left);
            }
        }

        if (request.WorkerInstanceKey.Length > 0)
        {
            queues.Dismiss(request.WorkerInstanceKey);
        }

        return Task.FromResult(new ShutdownWorkerResponse());
    }

    private ActivityName ById(string ns, string workflowId, string runId, string activityId)
    {
        namespaces.Require(ns);
        return ActivityName.ById(ns, workflowId, runId, activityId);
    }
}
