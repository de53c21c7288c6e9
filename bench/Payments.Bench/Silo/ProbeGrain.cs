namespace Recoup.Payments.Bench.Silo;

internal sealed class ProbeGrain : Grain, IProbeGrain
{
    public Task<int> PingAsync(int number) => Task.FromResult(number);

    public Task<SiloUsage> GetUsageAsync() => Task.FromResult(new SiloUsage
    {
        Cpu = Environment.CpuUsage.TotalTime,
        AllocatedBytes = GC.GetTotalAllocatedBytes(),
        GcPauses = GC.GetTotalPauseDuration(),
        ManagedBytes = GC.GetGCMemoryInfo().TotalCommittedBytes,
    });
}
