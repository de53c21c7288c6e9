using System.Diagnostics;
using Temporalio.Client;
using Temporalio.Worker;

namespace Recoup.Temporal.Bench;

/// <summary>Workflows a second and their latency, with the CPU of the server beside that of the SDK (client and worker in this process).</summary>
internal static class Throughput
{
    private const string Queue = "bench";

    public static async Task RunAsync(int workflows, int clients, string kinds)
    {
        Console.WriteLine($"{"kind",-26}{"clients",8}{"workflows/s",13}{"p50 ms",9}{"p99 ms",9}{"server ms",11}{"SDK ms",9}{"server share",14}");
        await using var server = new Server();
        await server.StartAsync();
        var client = await TemporalClient.ConnectAsync(new($"127.0.0.1:{server.Port}"));
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(Queue) { MaxConcurrentActivities = 500, MaxConcurrentWorkflowTasks = 200 }
            .AddWorkflow<BenchWorkflow>().AddActivity(BenchActivities.Nothing));
        await worker.ExecuteAsync(() => MeasureAllAsync(server, client, workflows, clients, kinds));
    }

    private static async Task MeasureAllAsync(Server server, TemporalClient client, int workflows, int clients, string kinds)
    {
        // Both sides are compiled while they run: the first thousand workflows measure the compiler.
        await RunAsync(client, new BenchInput(4, 0.1), Math.Max(1_000, workflows), clients);
        foreach (var (kind, input) in new[]
        {
            ("empty", new BenchInput(0, 0)),
            ("4 activities", new BenchInput(4, 0)),
            ("4 activities, 0.1 s timer", new BenchInput(4, 0.1)),
        }.Where(each => each.Item1.StartsWith(kinds, StringComparison.Ordinal)))
        {
            await MeasureAsync(server, client, kind, input, workflows, clients);
            await MeasureAsync(server, client, kind, input, Math.Max(20, workflows / 10), 1);
        }
    }

    private static async Task MeasureAsync(Server server, TemporalClient client, string kind, BenchInput input, int workflows, int clients)
    {
        var (serverBefore, sdkBefore) = (server.Cpu, Environment.CpuUsage.TotalTime);
        var watch = Stopwatch.StartNew();
        var latencies = await RunAsync(client, input, workflows, clients);
        var elapsed = watch.Elapsed;
        var serverMs = (server.Cpu - serverBefore).TotalMilliseconds / workflows;
        var sdkMs = (Environment.CpuUsage.TotalTime - sdkBefore).TotalMilliseconds / workflows;
        Console.WriteLine($"{kind,-26}{clients,8}{workflows / elapsed.TotalSeconds,13:F0}{latencies[latencies.Count / 2],9:F1}{latencies[latencies.Count * 99 / 100],9:F1}{serverMs,11:F2}{sdkMs,9:F2}{serverMs / (serverMs + sdkMs),14:P0}");
    }

    private static async Task<List<double>> RunAsync(TemporalClient client, BenchInput input, int workflows, int clients)
    {
        var left = workflows;
        var latencies = new List<double>();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var watch = Stopwatch.StartNew();
                await client.ExecuteWorkflowAsync((BenchWorkflow workflow) => workflow.RunAsync(input), new($"bench-{Guid.NewGuid()}", Queue));
                lock (latencies)
                {
                    latencies.Add(watch.Elapsed.TotalMilliseconds);
                }
            }
        }));
        latencies.Sort();
        return latencies;
    }
}
