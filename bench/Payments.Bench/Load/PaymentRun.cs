using System.Diagnostics;
using Recoup.Payments.Bench.Reporting;
using Recoup.Payments.Bench.Silo;
using Recoup.Payments.Bench.Storage;

namespace Recoup.Payments.Bench.Load;

/// <summary>
/// Submits payments in a closed loop. Latency is to the acknowledgement; a payment counts when its first attempt's result is on disk, so the run's time
/// goes on until the last one has left <c>charging</c>.
/// </summary>
internal sealed class PaymentRun(SiloProcess silo, IGrainFactory grains, WorldOrders orders)
{
    /// <summary>More than any run takes, so that none ends for want of orders.</summary>
    private const int OrdersASecond = 10_000;
    private static readonly TimeSpan DrainPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan DrainPatience = TimeSpan.FromMinutes(2);

    private readonly IProbeGrain probe = grains.GetGrain<IProbeGrain>(0);

    public async Task<PaymentFigures> MeasureAsync(int callers, FirstAnswer answer, TimeSpan duration, CancellationToken cancellationToken)
    {
        var batch = orders.Take((int)(OrdersASecond * duration.TotalSeconds), answer, DateTimeOffset.UtcNow);
        using var file = new GrainFile(silo.GrainFile);
        GC.Collect();
        var before = file.Writes();
        var usage = await probe.GetUsageAsync();
        var ownCpu = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        var taken = -1;
        var (milliseconds, submitting) = await ClosedLoop.RunAsync(callers, duration, async _ =>
        {
            var index = Interlocked.Increment(ref taken);
            return index < batch.Count && await SubmitAsync(batch[index]);
        });
        await DrainAsync(file, cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(started);

        var count = milliseconds.Length;
        var used = await probe.GetUsageAsync();
        var writes = file.Writes();
        return new PaymentFigures
        {
            Clients = callers,
            Answers = answer == FirstAnswer.Approved ? "approved" : "as the world answers",
            Payments = count,
            PaymentsPerSecond = count / elapsed.TotalSeconds,
            AcknowledgedPerSecond = count / submitting.TotalSeconds,
            P50Milliseconds = milliseconds.Percentile(0.5),
            P99Milliseconds = milliseconds.Percentile(0.99),
            MaxMilliseconds = milliseconds.Percentile(1),
            DrainSeconds = (elapsed - submitting).TotalSeconds,
            PaymentWritesPerPayment = (double)(writes.Payments - before.Payments) / count,
            MostWritesOfOnePayment = writes.MostOfOnePayment,
            AllWritesPerPayment = (double)(writes.All - before.All) / count,
            SiloCpuMicroseconds = (used.Cpu - usage.Cpu).TotalMicroseconds / count,
            LoadCpuMicroseconds = (Environment.CpuUsage.TotalTime - ownCpu).TotalMicroseconds / count,
            SiloAllocatedBytes = (double)(used.AllocatedBytes - usage.AllocatedBytes) / count,
            SiloGcPauseShare = (used.GcPauses - usage.GcPauses) / elapsed,
        };
    }

    private async Task<bool> SubmitAsync(Order order)
    {
        var outcome = await grains.GetGrain<IPaymentGrain>(order.PaymentId).SubmitAsync(order.Command, order.IdempotencyKey);
        return outcome.Result == SubmitResult.Accepted
            ? true
            : throw new InvalidOperationException($"{order.PaymentId} was not new: {outcome.Result}.");
    }

    private async Task DrainAsync(GrainFile file, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (file.UnattemptedPayments() is > 0 and var left)
        {
            if (Stopwatch.GetElapsedTime(started) > DrainPatience)
            {
                throw new TimeoutException($"{left} payments had no first result after {DrainPatience}: {string.Join(Environment.NewLine, silo.Log.Take(10))}");
            }

            await Task.Delay(DrainPause, cancellationToken);
        }
    }
}
