using Recoup.Bench;
using Recoup.Payments.Bench.Load;
using Recoup.Payments.Bench.Postgres;
using Recoup.Payments.Bench.Recoveries;
using Recoup.Payments.Bench.Reporting;
using Recoup.Payments.Bench.Silo;
using Recoup.Storage.Bench;

namespace Recoup.Payments.Bench;

/// <summary>All measurements of one run, one after the other, so that their ratios hold whatever the machine.</summary>
internal static class BenchRun
{
    public static async Task<BenchReport> MeasureAsync(BenchPlan plan, TextWriter progress, CancellationToken cancellationToken)
    {
        var report = new BenchReport { Seconds = plan.Duration.TotalSeconds, Cores = Environment.ProcessorCount, LoadBefore = MachineLoad.Read() };
        if (plan.Has(BenchPart.Storage))
        {
            await progress.WriteLineAsync($"storage: {BenchPlan.StorageWriters} writers ...");
            report = report with { Storage = await MeasureStorageAsync(plan) };
        }

        // Before our silo, so that neither warms the disk for the other by leaving its files open.
        if (plan.Has(BenchPart.Postgres))
        {
            await progress.WriteLineAsync("postgres: pgbench ...");
            report = report with { Postgres = await PgBench.MeasureAsync(plan.Duration, BenchPlan.PostgresClients, cancellationToken) };
        }

        if (plan.Has(BenchPart.Ping) || plan.Has(BenchPart.Payments))
        {
            report = await MeasurePaymentsAsync(plan, report, progress, cancellationToken);
        }

        if (plan.Has(BenchPart.Recoveries))
        {
            await progress.WriteLineAsync($"recoveries: {plan.Recoveries} declined payments ...");
            report = report with { Recoveries = await RecoveryRun.MeasureAsync(plan.Recoveries, cancellationToken) };
        }

        return report with { LoadAfter = MachineLoad.Read() };
    }

    private static async Task<StorageFigures> MeasureStorageAsync(BenchPlan plan)
    {
        var folder = Directory.CreateTempSubdirectory("payments-bench-storage-");
        try
        {
            var flushes = DiskCeiling.FlushesPerSecond(folder.FullName, TimeSpan.FromSeconds(1));
            var run = await StorageRun.MeasureAsync(Path.Combine(folder.FullName, "storage.db"), BenchPlan.StorageWriters, plan.Duration);
            return new(BenchPlan.StorageWriters, run.WritesPerSecond, run.Percentile(0.5), run.Percentile(0.99), flushes);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<BenchReport> MeasurePaymentsAsync(BenchPlan plan, BenchReport report, TextWriter progress, CancellationToken cancellationToken)
    {
        await using var silo = await SiloProcess.StartAsync(clockScale: 1, cancellationToken);
        await using var connection = await LoadConnection.OpenAsync(silo.GatewayPort, cancellationToken);
        if (plan.Has(BenchPart.Ping))
        {
            await progress.WriteLineAsync($"ping: {BenchPlan.PingClients} callers ...");
            report = report with { Ping = await PingRun.MeasureAsync(connection.Grains, BenchPlan.PingClients, plan.Duration) };
        }

        if (!plan.Has(BenchPart.Payments))
        {
            return report;
        }

        var orders = new WorldOrders(SiloProcess.Seed, plan.Customers, "bench");
        var run = new PaymentRun(silo, connection.Grains, orders);
        await progress.WriteLineAsync("payments: warm-up ...");
        await run.MeasureAsync(BenchPlan.PingClients, FirstAnswer.Approved, plan.WarmUp, cancellationToken);
        var payments = new List<PaymentFigures>();
        foreach (var clients in plan.Clients)
        {
            await progress.WriteLineAsync($"payments: {clients} callers ...");
            payments.Add(await run.MeasureAsync(clients, FirstAnswer.Approved, plan.Duration, cancellationToken));
        }

        // Last, because its recoveries go on in the background.
        await progress.WriteLineAsync($"payments: {BenchPlan.PingClients} callers, as the world answers ...");
        payments.Add(await run.MeasureAsync(BenchPlan.PingClients, FirstAnswer.AsItComes, plan.Duration, cancellationToken));
        return report with { Payments = payments };
    }
}
