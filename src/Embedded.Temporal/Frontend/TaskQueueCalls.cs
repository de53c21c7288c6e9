using Grpc.Core;
using Recoup.Embedded.Temporal.Matching;
using Recoup.Embedded.Temporal.Runs;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Recoup.Embedded.Temporal.Frontend;

/// <summary>Who polls a queue and what waits there.</summary>
internal sealed class TaskQueueCalls(TaskQueues queues, RequestChecks checks, Namespaces namespaces) : IFrontendCalls
{
    public void Bind(FrontendMethods methods)
    {
        methods.Bind<DescribeTaskQueueRequest, DescribeTaskQueueResponse>("DescribeTaskQueue", DescribeAsync);
        methods.Bind<ListTaskQueuePartitionsRequest, ListTaskQueuePartitionsResponse>("ListTaskQueuePartitions", PartitionsAsync);
    }

    private Task<DescribeTaskQueueResponse> DescribeAsync(DescribeTaskQueueRequest request, ServerCallContext call)
    {
        namespaces.Require(request.Namespace);
        checks.Queue(request.TaskQueue);
        return Task.FromResult(request.ApiMode == DescribeTaskQueueMode.Enhanced ? Enhanced(request) : Plain(request));
    }

    private DescribeTaskQueueResponse Plain(DescribeTaskQueueRequest request)
    {
        var (pollers, stats) = Look(request, request.TaskQueueType);
        var response = new DescribeTaskQueueResponse { Stats = request.ReportStats ? stats : null, VersioningInfo = new() { CurrentVersion = "__unversioned__" } };
        response.Pollers.Add(pollers);
        return response;
    }

    private DescribeTaskQueueResponse Enhanced(DescribeTaskQueueRequest request)
    {
        var types = request.TaskQueueTypes.Count > 0 ? request.TaskQueueTypes.ToArray() : [TaskQueueType.Workflow, TaskQueueType.Activity];
        var version = new TaskQueueVersionInfo();
        foreach (var type in types)
        {
            var (pollers, stats) = Look(request, type);
            var info = new TaskQueueTypeInfo { Stats = request.ReportStats ? stats : null };
            info.Pollers.Add(request.ReportPollers ? pollers : []);
            version.TypesInfo[(int)type] = info;
        }

        return new DescribeTaskQueueResponse { VersionsInfo = { [""] = version } };
    }

    private (IEnumerable<PollerInfo> Pollers, TaskQueueStats Stats) Look(DescribeTaskQueueRequest request, TaskQueueType type)
    {
        if (queues.Find(new QueueKey(request.Namespace, request.TaskQueue.Name, type)) is not { } queue)
        {
            return ([], new() { ApproximateBacklogAge = new() });
        }

        var (pollers, backlog, age) = queue.Describe();
        return (
            pollers.Select(poller => new PollerInfo { Identity = poller.Identity, LastAccessTime = poller.At.Proto(), RatePerSecond = 100_000 }),
            new() { ApproximateBacklogCount = backlog, ApproximateBacklogAge = age.Proto() });
    }

    private Task<ListTaskQueuePartitionsResponse> PartitionsAsync(ListTaskQueuePartitionsRequest request, ServerCallContext call)
    {
        namespaces.Require(request.Namespace);
        checks.Queue(request.TaskQueue);
        var partition = new TaskQueuePartitionMetadata { Key = request.TaskQueue.Name, OwnerHostName = "embedded" };
        return Task.FromResult(new ListTaskQueuePartitionsResponse { ActivityTaskQueuePartitions = { partition }, WorkflowTaskQueuePartitions = { partition } });
    }
}
