using System.Globalization;
using Recoup.Embedded.Temporal.Tests.Sdk;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Recoup.Embedded.Temporal.Tests.Crash;

/// <summary>
/// Kills the server's process with SIGKILL at random moments while workflows run. Afterwards every workflow whose start
/// was acknowledged has its right result, no attempt of an activity ran twice, and every history is accepted by the replayer.
/// </summary>
[TestClass]
public sealed class CrashTests
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("RECOUP_FULL") == "1";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Server_KilledAtRandomMoments_LosesNothingAndAppliesNothingTwice()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("RECOUP_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        var (kills, workflows) = Full ? (25, 400) : (3, 40);
        TestContext.WriteLine($"seed {seed} (RECOUP_SEED), {kills} kills, {workflows} workflows");
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        await using var server = new ServerProcess(folder.File("crash.db"));
        await server.StartAsync();
        var client = await server.ConnectAsync();
        var activities = new TestActivities();
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions("crash").AddWorkflow<LoadWorkflow>().AddAllActivities(activities));
        await worker.ExecuteAsync(async () =>
        {
            var started = StartAllAsync(client, workflows);
            for (var kill = 0; kill < kills; kill++)
            {
                await Task.Delay(random.Next(100, Full ? 3_000 : 1_500), TestContext.CancellationToken);
                await server.KillAsync();
                await server.StartAsync();
            }

            foreach (var handle in await started)
            {
                var number = int.Parse(handle.Id, CultureInfo.InvariantCulture);
                Assert.AreEqual((4 * number) + 6, await ResultAsync(handle), $"workflow {handle.Id}");
            }
        });
        Assert.AreEqual(workflows, (await client.CountWorkflowsAsync("ExecutionStatus = 'Completed'")).Count);
        Assert.IsEmpty(activities.Attempts.Where(attempt => attempt.Value > 1).ToArray(), "an attempt was handed out twice");
        await ReplayAsync(client, workflows);
    }

    /// <summary>Starts are repeated under the same id until they are acknowledged, as a caller has to.</summary>
    private async Task<List<WorkflowHandle<LoadWorkflow, int>>> StartAllAsync(TemporalClient client, int count)
    {
        var handles = new List<WorkflowHandle<LoadWorkflow, int>>();
        for (var number = 0; number < count; number++)
        {
            var id = number.ToString(CultureInfo.InvariantCulture);
            handles.Add(await AgainAsync(async () =>
            {
                try
                {
                    return await client.StartWorkflowAsync((LoadWorkflow workflow) => workflow.RunAsync(number), new(id, "crash"));
                }
                catch (WorkflowAlreadyStartedException)
                {
                    return client.GetWorkflowHandle<LoadWorkflow, int>(id);
                }
            }));
        }

        return handles;
    }

    private Task<int> ResultAsync(WorkflowHandle<LoadWorkflow, int> handle) => AgainAsync(() => handle.GetResultAsync<int>());

    private async Task<T> AgainAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (RpcException failure) when (failure.Code is RpcException.StatusCode.Unavailable or RpcException.StatusCode.Cancelled or RpcException.StatusCode.DeadlineExceeded or RpcException.StatusCode.Unknown)
            {
                TestContext.CancellationToken.ThrowIfCancellationRequested();
                await Task.Delay(50, TestContext.CancellationToken);
            }
        }
    }

    private static async Task ReplayAsync(TemporalClient client, int count)
    {
        var replayer = new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<LoadWorkflow>());
        for (var number = 0; number < count; number++)
        {
            var history = await client.GetWorkflowHandle(number.ToString(CultureInfo.InvariantCulture)).FetchHistoryAsync();
            var result = await replayer.ReplayWorkflowAsync(history);
            Assert.IsNull(result.ReplayFailure, $"history of workflow {number}");
            Assert.AreEqual(history.Events.Count, history.Events.Last().EventId, "ids without a gap");
        }
    }
}
