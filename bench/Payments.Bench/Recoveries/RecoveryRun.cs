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
    /// <summary>Two weeks take 2.4 s.</summary>
    private const double ClockScale = 500_000;
    private const int Submitters = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
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
        var elapsed = await RunAsync(connection.Grains, batch, file, cancellationToken);
        var after = await probe.GetUsageAsync();
        var byStatus = file.PaymentsByStatus().ToDictionary(entry => entry.Key, entry => entry.Value - endedBefore.GetValueOrDefault(entry.Key));

        // While they are submitted business time runs on by weeks, so some find money on the card after all: those are no recoveries.
        var recoveries = file.DecidedPayments() - decidedBefore;
        return new RecoveryFigures
        {
            Submitted = count,
            Recoveries = recoveries,
            RecoveriesPerSecond = recoveries / elapsed.TotalSeconds,
            Seconds = elapsed.TotalSeconds,
            ByStatus = byStatus,
            SiloCpuMilliseconds = (after.Cpu - before.Cpu).TotalMilliseconds / recoveries,
        };
    }

    private static async Task<TimeSpan> RunAsync(IGrainFactory grains, List<Order> orders, GrainFile file, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            orders,
            new ParallelOptions { MaxDegreeOfParallelism = Submitters, CancellationToken = cancellationToken },
            async (order, _) => await grains.GetGrain<IPaymentGrain>(order.PaymentId).SubmitAsync(order.Command, order.IdempotencyKey));
        while (file.PaymentsByStatus() is var counts && counts.Where(entry => Open.Contains(entry.Key)).Sum(entry => entry.Value) is > 0 and var left)
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"{left} of {orders.Count} recoveries had no end after {Patience}.");
            }

            await Task.Delay(Pause, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(started);
    }
}
