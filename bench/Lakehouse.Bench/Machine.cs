using System.Diagnostics;

namespace Recoup.Lakehouse.Bench;

/// <summary>Wall and processor time of this process since a moment.</summary>
internal sealed record ProcessClock(long Began, TimeSpan Cpu)
{
    public TimeSpan Wall => Stopwatch.GetElapsedTime(Began);

    public TimeSpan CpuUsed => Environment.CpuUsage.TotalTime - Cpu;

    public static ProcessClock Start() => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
}

/// <summary>What a reader must know of the machine to believe a figure.</summary>
internal static class Machine
{
    public static string Describe() => $"{Environment.ProcessorCount} cores, load average {(File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Trim() : "unknown")}";
}
