using System.Diagnostics;
using Recoup.Events.Bench.Reporting;
using Recoup.Kafka.Bench;

namespace Recoup.Events.Bench.Load;

/// <summary>Wall time and CPU of a closed loop, in this process and in the broker's.</summary>
internal static class Measured
{
    /// <param name="broker">Whose CPU is counted too.</param>
    /// <param name="events">Events of each call.</param>
    /// <param name="duration">When no new call is made any more; the wait for the last answers counts as well.</param>
    /// <param name="run">Gets the end on the monotonic clock; returns the latencies of each caller.</param>
    public static async Task<PublishFigures> RunAsync(BrokerProcess broker, int events, TimeSpan duration, Func<long, Task<long[][]>> run)
    {
        var started = Stopwatch.GetTimestamp();
        var (own, brokers) = (Environment.CpuUsage.TotalTime, broker.Cpu);
        var allocated = GC.GetTotalAllocatedBytes();
        var ticks = await run(started + (long)(duration.TotalSeconds * Stopwatch.Frequency));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var (ownSpent, brokersSpent) = (Environment.CpuUsage.TotalTime - own, broker.Cpu - brokers);
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        var latencies = new Latencies(ticks.SelectMany(static each => each));
        var count = (double)latencies.Count * events;
        return new PublishFigures
        {
            EventsPerSecond = count / elapsed.TotalSeconds,
            P50Milliseconds = latencies.P50Milliseconds,
            P99Milliseconds = latencies.P99Milliseconds,
            CpuMicroseconds = ownSpent.TotalMicroseconds / count,
            BrokerCpuMicroseconds = brokersSpent.TotalMicroseconds / count,
            AllocatedBytes = allocated / count,
        };
    }
}
