using System.Diagnostics;
using Recoup.Payments.Bench.Load;
using Recoup.Payments.Bench.Reporting;
using Recoup.Payments.Bench.Silo;
using Recoup.Payments.Bench.Storage;

namespace Recoup.Payments.Bench.Recoveries;

/// <summary>
/// Payments whose first attempt is declined, from their submission to their end through the embedded workflow server. The clock runs so fast that the
/// recoveries, not their waits, are measured.
/// </summary>
internal static class RecoveryRun
{
    /// <summary>Two weeks take 24 s. Much faster, and a recovery that has to queue for the CPU is overdue before it is decided on.</summary>
    private const double ClockScale = 50_000;

    /// <summary>The rate is taken until so many have ended: the last ones wait for their customers, not for the machine.</summary>
    private const double Counted = 0.9;
    private const int Submitters = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string[] Open = ["submitted", "charging", "recovering"];

    public static async Task<RecoveryFigures> MeasureAsync(int count, CancellationToken cancellationToken)
    {
        var orders = new WorldOrders(SiloProcess.Seed, 100_003, "recovery");
        await using var silo = await SiloProcess.StartAsync(ClockScale, cancellationToken);
        await using var connection = await LoadConnection.OpenAsync(silo.GatewayPort, cancellationToken);
        using var file = new GrainFile(silo.GrainFile);
        await RunAsync(connection.Grains, orders.Take(50, FirstAnswer.Declined, DateTimeOffset.UtcNow), file, cancellationToken);

        var probe = connection.Grains.GetGrain<IProbeGrain>(0);
        var batch = orders.Take(count, FirstAnswer.Declined, DateTimeOffset.UtcNow);
        var before = await probe.GetUsageAsync();
        var endedBefore = file.PaymentsByStatus();
        var decidedBefore = file.DecidedPayments();
        var openAt = await RunAsync(connection.Grains, batch, file, cancellationToken);
        var after = await probe.GetUsageAsync();
        var byStatus = file.PaymentsByStatus().ToDictionary(entry => entry.Key, entry => entry.Value - endedBefore.GetValueOrDefault(entry.Key));

        // While they are submitted business time runs on by weeks, so some find money on the card after all: those are no recoveries.
        var recoveries = file.DecidedPayments() - decidedBefore;
        var most = openAt.First(sample => sample.Open <= (1 - Counted) * recoveries).At;
        var elapsed = openAt[^1].At;
        return new RecoveryFigures
        {
            Submitted = count,
            Recoveries = recoveries,
            RecoveriesPerSecond = Counted * recoveries / most.TotalSeconds,
            Seconds = elapsed.TotalSeconds,
            ByStatus = byStatus,
            SiloCpuMilliseconds = (after.Cpu - before.Cpu).TotalMilliseconds / recoveries,
        };
    }

    /// <returns>How many payments were open how long after the start, from the last submission on.</returns>
    private static async Task<List<(TimeSpan At, long Open)>> RunAsync(IGrainFactory grains, List<Order> orders, GrainFile file, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            orders,
            new ParallelOptions { MaxDegreeOfParallelism = Submitters, CancellationToken = cancellationToken },
            async (order, _) => await grains.GetGrain<IPaymentGrain>(order.PaymentId).SubmitAsync(order.Command, order.IdempotencyKey));
        var samples = new List<(TimeSpan At, long Open)>();
        while (true)
        {
            var open = file.PaymentsByStatus().Where(entry => Open.Contains(entry.Key)).Sum(entry => entry.Value);
            samples.Add((Stopwatch.GetElapsedTime(started), open));
            if (open == 0)
            {
                return samples;
            }

            if (samples[^1].At > Patience)
            {
                throw new TimeoutException($"{open} of {orders.Count} recoveries had no end after {Patience}.");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
