using System.Diagnostics;
using System.Globalization;

namespace Recoup.Iceberg.Bench;

/// <summary>Wall times of one kind of work, and the processor time that all of it took.</summary>
internal sealed class Timings(string name)
{
    private readonly List<double> milliseconds = [];
    private TimeSpan processor;

    public async Task<T> MeasureAsync<T>(Func<Task<T>> work)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var result = await work();
        milliseconds.Add(watch.Elapsed.TotalMilliseconds);
        processor += Process.GetCurrentProcess().TotalProcessorTime - before;
        return result;
    }

    public void Measure(Action work) => MeasureAsync(() =>
    {
        work();
        return Task.FromResult(true);
    }).GetAwaiter().GetResult();

    public double Percentile(double share)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted[(int)((sorted.Length - 1) * share)];
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-46} {milliseconds.Count,6}x  p50 {Percentile(0.5),8:N2} ms  p95 {Percentile(0.95),8:N2} ms  cpu {processor.TotalMilliseconds / milliseconds.Count,8:N2} ms each");
}
