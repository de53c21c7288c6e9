using Recoup.Embedded.Temporal.Hosting;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Recoup.Embedded.Temporal.Tests.Sdk;

/// <summary>The unmodified SDK, client and worker, against a server in this process.</summary>
[TestClass]
public sealed class SdkTests
{
    private readonly TestActivities activities = new();
    private readonly string queue = Guid.NewGuid().ToString();
    private EmbeddedTemporalServer server = null!;
    private TemporalClient client = null!;

    public TestContext TestContext { get; set; } = null!;

    [TestInitialize]
    public async Task StartAsync()
    {
        var options = new EmbeddedTemporalOptions { Port = 0 };
        options.SearchAttributes["KwA"] = "Keyword";
        server = await EmbeddedTemporalServer.StartAsync(options, cancellationToken: TestContext.CancellationToken);
        client = await TemporalClient.ConnectAsync(new(server.Address));
    }

    [TestCleanup]
    public async Task StopAsync() => await server.DisposeAsync();

    [TestMethod]
    public async Task Workflow_WithRetriesSignalsAndQueries_Completes()
    {
        using var worker = Worker();
        await worker.ExecuteAsync(async () =>
        {
            var handle = await client.StartWorkflowAsync((RecoveryWorkflow workflow) => workflow.RunAsync("pay"), new("recovery", queue));
            await UntilAsync(async () => await handle.QueryAsync(workflow => workflow.Count()) == 1);
            await handle.SignalAsync(workflow => workflow.GoAsync("go"));

            Assert.AreEqual("pay@3,go", await handle.GetResultAsync());
            var description = await handle.DescribeAsync();
            Assert.AreEqual(WorkflowExecutionStatus.Completed, description.Status);
            Assert.AreEqual("waiting", description.TypedSearchAttributes.Get(RecoveryWorkflow.Stage));
            Assert.AreEqual(1, (await client.CountWorkflowsAsync("KwA = 'waiting' AND ExecutionStatus = 'Completed'")).Count);
            Assert.AreEqual(2, await handle.QueryAsync(workflow => workflow.Count()), "a closed workflow answers too");
        });
    }

    [TestMethod]
    public async Task Worker_StoppedDuringAWait_IsReplacedByAnother()
    {
        WorkflowHandle<RecoveryWorkflow, string> handle = null!;
        using (var first = Worker())
        {
            await first.ExecuteAsync(async () =>
            {
                handle = await client.StartWorkflowAsync((RecoveryWorkflow workflow) => workflow.RunAsync("pay"), new("handed-over", queue));
                await UntilAsync(async () => await handle.QueryAsync(workflow => workflow.Count()) == 1);
            });
        }

        await handle.SignalAsync(workflow => workflow.GoAsync("go"));
        using var second = Worker();
        Assert.AreEqual("pay@3,go", await second.ExecuteAsync(() => handle.GetResultAsync()));
    }

    [TestMethod]
    public async Task History_OfAWorkflow_IsAcceptedByTheReplayer()
    {
        using var worker = Worker();
        var history = await worker.ExecuteAsync(async () =>
        {
            var handle = await client.StartWorkflowAsync((RecoveryWorkflow workflow) => workflow.RunAsync("pay"), new("replayed", queue));
            await handle.SignalAsync(workflow => workflow.GoAsync("go"));
            await handle.GetResultAsync();
            return await handle.FetchHistoryAsync();
        });

        var replayer = new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<RecoveryWorkflow>());
        Assert.IsNull((await replayer.ReplayWorkflowAsync(history)).ReplayFailure);
    }

    [TestMethod]
    public async Task ContinueAsNew_ThreeTimes_EndsWithTheLastRunsResult()
    {
        using var worker = Worker();
        var result = await worker.ExecuteAsync(() => client.ExecuteWorkflowAsync((CountdownWorkflow workflow) => workflow.RunAsync(3, ""), new("countdown", queue)));

        Assert.AreEqual("321", result);
        Assert.AreEqual(4, (await client.CountWorkflowsAsync("WorkflowId = 'countdown'")).Count);
    }

    [TestMethod]
    public async Task Cancel_OfAWorkflow_ReachesItsActivityByHeartbeatAndLetsItCleanUp()
    {
        using var worker = Worker();
        await worker.ExecuteAsync(async () =>
        {
            var handle = await client.StartWorkflowAsync((CleanupWorkflow workflow) => workflow.RunAsync(), new("cleanup", queue));
            await UntilAsync(async () => (await client.Connection.WorkflowService.DescribeWorkflowExecutionAsync(
                new() { Namespace = "default", Execution = new() { WorkflowId = handle.Id } })).PendingActivities.Any(activity => activity.HeartbeatDetails is not null));
            await handle.CancelAsync();

            var failed = await Assert.ThrowsExactlyAsync<WorkflowFailedException>(() => handle.GetResultAsync());
            Assert.IsInstanceOfType<CanceledFailureException>(failed.InnerException);
            var history = await handle.FetchHistoryAsync();
            Assert.IsTrue(history.Events.Any(each => each.EventType == EventType.ActivityTaskCanceled));
            Assert.IsTrue(history.Events.Any(each => each.EventType == EventType.ActivityTaskCompleted), "the clean-up ran");
        });
    }

    [TestMethod]
    public async Task LocalActivityAndPatch_InOneTask_AreRecordedAsMarkers()
    {
        using var worker = Worker();
        Assert.AreEqual(2, await worker.ExecuteAsync(() => client.ExecuteWorkflowAsync((LocalWorkflow workflow) => workflow.RunAsync(), new("local", queue))));
    }

    [TestMethod]
    public async Task Start_Twice_SaysSoInTheSdksOwnException()
    {
        var options = new WorkflowOptions("twice", queue);
        await client.StartWorkflowAsync((RecoveryWorkflow workflow) => workflow.RunAsync(""), options);

        var refused = await Assert.ThrowsExactlyAsync<WorkflowAlreadyStartedException>(() => client.StartWorkflowAsync((RecoveryWorkflow workflow) => workflow.RunAsync(""), options));
        Assert.AreEqual("twice", refused.WorkflowId);
    }

    [TestMethod]
    public async Task Activity_CompletedByTokenFromElsewhere_GoesOn()
    {
        var asynchronous = new AsynchronousActivities();
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(queue).AddWorkflow<AsynchronousWorkflow>().AddAllActivities(asynchronous));
        await worker.ExecuteAsync(async () =>
        {
            var handle = await client.StartWorkflowAsync((AsynchronousWorkflow workflow) => workflow.RunAsync(), new("asynchronous", queue));
            var token = await asynchronous.Token.Task.WaitAsync(TestContext.CancellationToken);
            var activity = client.GetAsyncActivityHandle(token);
            await activity.HeartbeatAsync();
            await activity.CompleteAsync("from elsewhere");

            Assert.AreEqual("from elsewhere", await handle.GetResultAsync());
            await Assert.ThrowsExactlyAsync<RpcException>(() => activity.CompleteAsync("again"));
        });
    }

    [TestMethod]
    public async Task Update_WhichIsNotOffered_IsRefusedByName()
    {
        var handle = await client.StartWorkflowAsync((RecoveryWorkflow workflow) => workflow.RunAsync(""), new("update", queue));

        var refused = await Assert.ThrowsExactlyAsync<RpcException>(() => handle.ExecuteUpdateAsync("update", []));
        Assert.AreEqual(RpcException.StatusCode.Unimplemented, refused.Code);
        StringAssert.Contains(refused.Message, "UpdateWorkflowExecution");
    }

    private TemporalWorker Worker() => new(
        client,
        new TemporalWorkerOptions(queue)
            .AddWorkflow<RecoveryWorkflow>()
            .AddWorkflow<CountdownWorkflow>()
            .AddWorkflow<CleanupWorkflow>()
            .AddWorkflow<LocalWorkflow>()
            .AddAllActivities(activities));

    private async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            await every.WaitForNextTickAsync(TestContext.CancellationToken);
        }
    }
}
