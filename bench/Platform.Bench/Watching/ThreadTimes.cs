using System.Globalization;

namespace Recoup.Platform.Bench.Watching;

/// <summary>Processor time of a process's threads, summed by their names, as Linux tells it.</summary>
internal static class ThreadTimes
{
    /// <summary>Linux counts in hundredths of a second, on every machine that .NET runs on.</summary>
    private const double TicksPerSecond = 100;
    private const double ShownMin = 0.005;

    /// <summary>Batches are computed by threads that end with them, between two looks.</summary>
    private const string Ended = "threads that ended";

    /// <summary>Empty on other systems.</summary>
    public static IReadOnlyDictionary<string, TimeSpan> Read(int processId)
    {
        var times = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        var folder = $"/proc/{processId}/task";
        foreach (var task in Directory.Exists(folder) ? Directory.GetDirectories(folder) : [])
        {
            if (TryRead(task) is var (name, time))
            {
                times[name] = times.GetValueOrDefault(name) + time;
            }
        }

        return times;
    }

    /// <summary>Shares of a core; what the process used beyond its living threads was used by those that have ended.</summary>
    public static IReadOnlyDictionary<string, double> Shares(
        IReadOnlyDictionary<string, TimeSpan> before, IReadOnlyDictionary<string, TimeSpan> after, TimeSpan process, TimeSpan elapsed) => after
        .Select(thread => (Name: thread.Key, Time: thread.Value - before.GetValueOrDefault(thread.Key)))
        .Append((Name: Ended, Time: process - Sum(after) + Sum(before)))
        .Select(thread => (thread.Name, Share: Math.Round(thread.Time / elapsed, 3)))
        .Where(thread => thread.Share >= ShownMin)
        .OrderByDescending(thread => thread.Share)
        .ToDictionary(thread => thread.Name, thread => thread.Share);

    private static TimeSpan Sum(IReadOnlyDictionary<string, TimeSpan> times) => TimeSpan.FromTicks(times.Values.Sum(static time => time.Ticks));

    private static (string Name, TimeSpan Time)? TryRead(string task)
    {
        try
        {
            // 17 (.NET TP Worker) S 1 2 ...: the name may hold blanks, so what follows is counted from its closing bracket.
            var text = File.ReadAllText(Path.Combine(task, "stat"));
            var (open, close) = (text.IndexOf('('), text.LastIndexOf(')'));
            var fields = text[(close + 2)..].Split(' ');
            return (text[(open + 1)..close], TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / TicksPerSecond));
        }
        catch (IOException)
        {
            // The thread has ended since it was listed.
            return null;
        }
    }

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
