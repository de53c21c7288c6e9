using System.Diagnostics;
using Temporalio.Client;
using Temporalio.Worker;

namespace Recoup.Temporal.Bench;

/// <summary>Memory of many workflows that wait on a timer, and how soon a server that was killed is back with them.</summary>
internal static class Waiting
{
    private const string Queue = "waiting";

    public static async Task RunAsync(int workflows)
    {
        await using var server = new Server();
        await server.StartAsync();
        var empty = server.Memory;
        var watch = Stopwatch.StartNew();
        await StartAsync(server, workflows);
        Console.WriteLine($"{workflows} workflows wait on a timer of 30 days: started in {watch.Elapsed.TotalSeconds:F0} s");
        Report("memory of the server that started them", server, empty, workflows);
        Console.WriteLine($"database: {server.FileBytes / 1_048_576.0:F0} MiB, {server.FileBytes / workflows} bytes each");
        await server.KillAsync();
        var restart = await server.StartAsync();
        Console.WriteLine($"restart after SIGKILL until it answers: {restart.TotalSeconds:F1} s");
        var client = await TemporalClient.ConnectAsync(new($"127.0.0.1:{server.Port}"));
        Console.WriteLine($"running after the restart: {(await client.CountWorkflowsAsync("ExecutionStatus = 'Running'")).Count}");
        Report("memory after the restart", server, empty, workflows);
    }

    private static void Report(string what, Server server, long empty, int workflows) =>
        Console.WriteLine($"{what}: {server.Memory / 1_048_576.0:F0} MiB ({empty / 1_048_576.0:F0} MiB when empty): {(server.Memory - empty) / 1_048_576.0 / workflows * 10_000:F1} MiB per 10,000");

    private static async Task StartAsync(Server server, int workflows)
    {
        var client = await TemporalClient.ConnectAsync(new($"127.0.0.1:{server.Port}"));
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(Queue) { MaxCachedWorkflows = 0, MaxConcurrentWorkflowTasks = 100 }.AddWorkflow<BenchWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            var left = workflows;
            await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
            {
                for (int number; (number = Interlocked.Decrement(ref left)) >= 0;)
                {
                    await client.StartWorkflowAsync((BenchWorkflow workflow) => workflow.RunAsync(new BenchInput(0, 30 * 86_400)), new($"waiting-{number}", Queue));
                }
            }));
            using var every = new PeriodicTimer(TimeSpan.FromSeconds(1));
            while (await WaitingForWorkersAsync(client) > 0)
            {
                await every.WaitForNextTickAsync();
            }
        });
    }

    /// <summary>How many tasks no worker has had yet.</summary>
    private static async Task<long> WaitingForWorkersAsync(TemporalClient client) =>
        (await client.Connection.WorkflowService.DescribeTaskQueueAsync(new() { Namespace = "default", TaskQueue = new() { Name = Queue }, TaskQueueType = Temporalio.Api.Enums.V1.TaskQueueType.Workflow, ReportStats = true })).Stats.ApproximateBacklogCount;
}
