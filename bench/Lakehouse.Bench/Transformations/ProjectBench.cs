using Recoup.Lakehouse.Bench.Freshness;

namespace Recoup.Lakehouse.Bench.Transformations;

/// <summary>Any project on a DuckDB file: seeds and a build as the process's first, and the builds after them, over the same tables.</summary>
internal static class ProjectBench
{
    private const int WarmRuns = 5;

    public static async Task RunAsync(TransformationRoom room, CancellationToken cancellation)
    {
        Console.WriteLine(Machine.Describe());
        // Sources may be seeds, which nothing in the graph puts before their readers.
        var seeds = await Build.RunAsync(room.Dbt, cancellation, "seed");
        var first = await Build.RunAsync(room.Dbt, cancellation);
        first.Print("the first build");
        Console.WriteLine($"cold, seeds before it included: {(seeds.Wall + first.Wall).TotalMilliseconds:N0} ms, {(seeds.Cpu + first.Cpu).TotalMilliseconds:N0} ms of CPU");
        var (wall, cpu) = (new Percentiles(), new Percentiles());
        for (var run = 1; run <= WarmRuns; run++)
        {
            var build = await Build.RunAsync(room.Dbt, cancellation);
            wall.Add(build.Wall);
            cpu.Add(build.Cpu);
            if (run == WarmRuns)
            {
                build.Print("the last warm one");
            }
        }

        Console.WriteLine($"warm, p50 of {WarmRuns}: {wall.Of(0.5):N0} ms, {cpu.Of(0.5):N0} ms of CPU");
        Console.WriteLine(Machine.Describe());
    }
}
