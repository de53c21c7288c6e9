using Recoup.Lakehouse.Dbt;

namespace Recoup.Lakehouse.Bench.Transformations;

/// <summary>One call of dbt in this process, with what it took.</summary>
internal sealed record Build(DbtRunResult Result, TimeSpan Wall, TimeSpan Cpu, double PeakMebibytes)
{
    private const int SlowestShown = 10;

    /// <exception cref="InvalidOperationException">A node failed: its time would say nothing.</exception>
    public static async Task<Build> RunAsync(IDbtRunner runner, CancellationToken cancellation, string verb = "build")
    {
        using var memory = new MemoryPeak();
        var clock = ProcessClock.Start();
        var result = await runner.RunAsync(new DbtCommand(verb), null, cancellation);
        var build = new Build(result, clock.Wall, clock.CpuUsed, memory.Mebibytes);
        return result.Succeeded ? build : throw new InvalidOperationException(Failure(result));
    }

    public void Print(string name)
    {
        Console.WriteLine($"{name}: {Wall.TotalSeconds:F2} s, {Cpu.TotalSeconds:F2} s of CPU, at most {PeakMebibytes:F0} MiB resident, {Result.Nodes.Count} nodes");
        var nodes = Result.Nodes.Sum(node => node.Elapsed.TotalSeconds);
        Console.WriteLine($"  nodes together {nodes:F2} s, tests {TestSeconds():F2} s");
        foreach (var node in Result.Nodes.OrderByDescending(node => node.Elapsed).Take(SlowestShown))
        {
            Console.WriteLine($"  {node.Elapsed.TotalMilliseconds,8:N0} ms  {node.RowsAffected,10:N0}  {node.UniqueId}");
        }
    }

    private double TestSeconds() => Result.Nodes
        .Where(node => node.UniqueId.StartsWith("test.", StringComparison.Ordinal) || node.UniqueId.StartsWith("unit_test.", StringComparison.Ordinal))
        .Sum(node => node.Elapsed.TotalSeconds);

    private static string Failure(DbtRunResult result) =>
        $"The build failed. {result.Error}{string.Join('\n', result.Nodes.Where(node => node.Status is "error" or "fail").Select(node => $"{node.UniqueId}: {node.Message}"))}";
}
