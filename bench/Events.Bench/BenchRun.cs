using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Recoup.Bench;
using Recoup.Events.Bench.Load;
using Recoup.Events.Bench.Reporting;
using Recoup.Events.Bench.Silo;
using Recoup.Kafka.Bench;

namespace Recoup.Events.Bench;

/// <summary>All measurements of one run, one after the other, so that their ratios hold whatever the machine.</summary>
internal static class BenchRun
{
    private static readonly TimeSpan CallMargin = TimeSpan.FromMinutes(2);

    public static async Task<BenchReport> MeasureAsync(BenchPlan plan, TextWriter progress)
    {
        var folder = Directory.CreateDirectory(Path.Combine(plan.Folder, $"events-bench-{Environment.ProcessId}"));
        try
        {
            var load = MachineLoad.Read();
            var flushed = DiskCeiling.FlushedWrite(folder.FullName, 500);
            await using var broker = await BrokerProcess.StartAsync(Path.Combine(folder.FullName, "data"), fsync: true, MeasuredSilo.Topics);
            using var host = await MeasuredSilo.StartAsync(broker.Address, plan.Duration + plan.WarmUp + CallMargin);
            try
            {
                await progress.WriteLineAsync("warm-up ...");
                await WarmUpAsync(plan, broker, host);
                await progress.WriteLineAsync("broker alone ...");
                return new BenchReport
                {
                    Seconds = plan.Duration.TotalSeconds,
                    Cores = Environment.ProcessorCount,
                    LoadBefore = load,
                    FlushedWriteMilliseconds = flushed,
                    BrokerSingles = await BrokerCeiling.SinglesAsync(broker, plan.Duration),
                    BrokerPipelined = await BrokerCeiling.PipelinedAsync(broker, plan.Duration),
                    Published = await PublishAsync(plan, broker, host, progress),
                    Delivered = await DeliverAsync(plan, broker, host, progress),
                    LoadAfter = MachineLoad.Read(),
                };
            }
            finally
            {
                await host.StopAsync();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task WarmUpAsync(BenchPlan plan, BrokerProcess broker, IHost host)
    {
        using var client = new PlainProducer(broker.Address);
        await client.MeasureAsync(broker, new Shape(200, 1), plan.WarmUp / 2);
        await GrainLoad.MeasureAsync(host.Services.GetRequiredService<IGrainFactory>(), broker, new Shape(200, 1), plan.WarmUp);
    }

    private static async Task<List<ShapeFigures>> PublishAsync(BenchPlan plan, BrokerProcess broker, IHost host, TextWriter progress)
    {
        using var client = new PlainProducer(broker.Address);
        var figures = new List<ShapeFigures>();
        foreach (var shape in plan.Shapes)
        {
            await progress.WriteLineAsync($"publish: {shape.Publishers} at once, batches of {shape.Batch} ...");
            var alone = await client.MeasureAsync(broker, shape, plan.Duration);
            var grains = await GrainLoad.MeasureAsync(host.Services.GetRequiredService<IGrainFactory>(), broker, shape, plan.Duration);
            figures.Add(new ShapeFigures(shape.Publishers, shape.Batch, grains, alone));
        }

        return figures;
    }

    private static async Task<List<DeliveryFigures>> DeliverAsync(BenchPlan plan, BrokerProcess broker, IHost host, TextWriter progress)
    {
        if (plan.DeliveryRate == 0)
        {
            return [];
        }

        await progress.WriteLineAsync($"delivery: {plan.DeliveryRate} events/s ...");
        var delivery = new DeliveryLoad(host.Services.GetRequiredService<IGrainFactory>(), host.Services.GetRequiredService<DeliveryLog>(), broker);
        await delivery.MeasureAsync("warm-up", plan.DeliveryRate, plan.WarmUp, StreamOf);
        return
        [
            await delivery.MeasureAsync($"{BenchPlan.Streams} active grains", plan.DeliveryRate, plan.Duration, StreamOf),
            await delivery.MeasureAsync("a new grain each", plan.DeliveryRate, plan.Duration, static number => $"new-{number}"),
        ];
    }

    private static string StreamOf(long number) => $"stream-{number % BenchPlan.Streams}";
}
