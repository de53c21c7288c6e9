using System.Diagnostics;

namespace Recoup.Platform.Bench.Watching;

/// <summary>What the silo's process uses, looked at every second from outside.</summary>
internal sealed class SiloWatch(int processId, Window window)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly List<Sample> samples = [];

    public Task RunAsync(CancellationToken stop) => Ticks.EachAsync(Interval, LookAsync, stop);

    /// <summary>Of the window; null when it was too short for two looks.</summary>
    public ProcessFigures? ToFigures()
    {
        var measured = samples.Where(sample => window.Contains(sample.At)).ToList();
        if (measured.Count < 2)
        {
            return null;
        }

        var (first, last) = (measured[0], measured[^1]);
        double[] each = [.. measured.Zip(measured[1..], (one, next) => (next.Cpu - one.Cpu) / (next.At - one.At)).Order()];
        return new ProcessFigures
        {
            CpuShareOfACore = (last.Cpu - first.Cpu) / (last.At - first.At),
            CpuShareP50 = each[each.Length / 2],
            CpuShareMax = each[^1],
            ResidentStartMiB = Mebibytes(first.Resident),
            ResidentEndMiB = Mebibytes(last.Resident),
            ResidentMaxMiB = Mebibytes(measured.Max(sample => sample.Resident)),
            ResidentMiBEveryTenSeconds = [.. measured.Where((_, index) => index % 10 == 0).Select(sample => Mebibytes(sample.Resident))],
            WrittenMiBPerSecond = (last.Written - first.Written) is { } written ? Math.Round(written / 1_048_576.0 / (last.At - first.At).TotalSeconds, 1) : null,
            CpuShareByThread = ThreadTimes.Shares(first.Threads, last.Threads, last.Cpu - first.Cpu, last.At - first.At),
        };
    }

    private Task LookAsync()
    {
        using var process = Process.GetProcessById(processId);
        samples.Add(new Sample(
            TimeProvider.System.GetUtcNow(), process.TotalProcessorTime, process.WorkingSet64, ReadWritten(processId), ThreadTimes.Read(processId)));
        return Task.CompletedTask;
    }

    private static long? ReadWritten(int processId)
    {
        var path = $"/proc/{processId}/io";
        return File.Exists(path)
            ? long.Parse(File.ReadLines(path).First(static line => line.StartsWith("write_bytes", StringComparison.Ordinal)).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }

    private static double Mebibytes(long bytes) => Math.Round(bytes / 1_048_576.0);

    private sealed record Sample(DateTimeOffset At, TimeSpan Cpu, long Resident, long? Written, IReadOnlyDictionary<string, TimeSpan> Threads);
}

/// <summary>Of the silo's process, within the window. Shares are of one core.</summary>
internal sealed record ProcessFigures
{
    public required double CpuShareOfACore { get; init; }

    /// <summary>By second.</summary>
    public required double CpuShareP50 { get; init; }
    public required double CpuShareMax { get; init; }
    public required double ResidentStartMiB { get; init; }
    public required double ResidentEndMiB { get; init; }
    public required double ResidentMaxMiB { get; init; }
    public required IReadOnlyList<double> ResidentMiBEveryTenSeconds { get; init; }

    /// <summary>Null where the system does not tell.</summary>
    public required double? WrittenMiBPerSecond { get; init; }

    /// <summary>By the names of the threads, largest first.</summary>
    public required IReadOnlyDictionary<string, double> CpuShareByThread { get; init; }
}
