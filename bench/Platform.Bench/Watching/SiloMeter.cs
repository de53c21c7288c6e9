using Recoup.Payments.Bench.Silo;
using Recoup.Platform.Bench.Reporting;

namespace Recoup.Platform.Bench.Watching;

/// <summary>What the silo says of itself, and what the bench used, from the beginning of the window to its end.</summary>
internal sealed record SiloMeter(SiloUsage First, SiloUsage Last, TimeSpan BenchCpu, TimeSpan Elapsed)
{
    private const int LogLinesMax = 20;

    public double BenchCpuShare => BenchCpu / Elapsed;

    public static async Task<SiloMeter> StartAsync(PlatformSilo silo, Window window, CancellationToken cancellationToken)
    {
        await Task.Delay(window.From - TimeProvider.System.GetUtcNow(), cancellationToken);
        var (first, cpu, began) = (await silo.ReadUsageAsync(), Environment.CpuUsage.TotalTime, TimeProvider.System.GetTimestamp());
        await Task.Delay(window.Until - TimeProvider.System.GetUtcNow(), cancellationToken);
        return new SiloMeter(first, await silo.ReadUsageAsync(), Environment.CpuUsage.TotalTime - cpu, TimeProvider.System.GetElapsedTime(began));
    }

    public SiloFigures ToFigures(ProcessFigures? process, IReadOnlyCollection<string> log) => new()
    {
        Process = process,
        AllocatedMiBPerSecond = Math.Round((Last.AllocatedBytes - First.AllocatedBytes) / 1_048_576.0 / Elapsed.TotalSeconds, 1),
        ManagedStartMiB = Math.Round(First.ManagedBytes / 1_048_576.0),
        ManagedEndMiB = Math.Round(Last.ManagedBytes / 1_048_576.0),
        GcPauseShare = (Last.GcPauses - First.GcPauses) / Elapsed,
        LogLines = log.Count,
        FirstLogLines = [.. log.Take(LogLinesMax)],
    };
}
