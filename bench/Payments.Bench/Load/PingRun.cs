using Recoup.Payments.Bench.Reporting;
using Recoup.Payments.Bench.Silo;

namespace Recoup.Payments.Bench.Load;

/// <summary>What Orleans can do over TCP between two processes of this machine when a call does nothing.</summary>
internal static class PingRun
{
    public static async Task<PingFigures> MeasureAsync(IGrainFactory grains, int callers, TimeSpan duration)
    {
        var probes = Enumerable.Range(0, callers).Select(number => grains.GetGrain<IProbeGrain>(number)).ToArray();
        await PingAsync(probes, TimeSpan.FromSeconds(1));
        var (milliseconds, elapsed) = await PingAsync(probes, duration);
        return new(callers, milliseconds.Length / elapsed.TotalSeconds, milliseconds.Percentile(0.5), milliseconds.Percentile(0.99));
    }

    private static Task<(double[] Milliseconds, TimeSpan Elapsed)> PingAsync(IProbeGrain[] probes, TimeSpan duration) => ClosedLoop.RunAsync(
        probes.Length,
        duration,
        async caller => await probes[caller].PingAsync(caller) == caller);
}
