using Recoup.Bench;
using Recoup.Client.Pipelines;
using Recoup.Client.Simulate.Injection;
using Recoup.Payments.Bench.Silo;
using Recoup.Pipeline;
using Recoup.Platform.Bench.Checks;
using Recoup.Platform.Bench.Load;
using Recoup.Platform.Bench.Reporting;
using Recoup.Platform.Bench.Watching;
using Recoup.Silo.Lake.Quarantine;

namespace Recoup.Platform.Bench;

/// <summary>One run: the platform starts, is loaded and watched, catches up, and is counted.</summary>
internal sealed class BenchRun(BenchPlan plan, PlatformSilo silo, TextWriter progress)
{
    private static readonly TimeSpan CatchUpPatience = TimeSpan.FromMinutes(5);

    private readonly PaymentTimes times = new();

    public static async Task<PlatformReport> MeasureAsync(BenchPlan plan, TextWriter progress, CancellationToken cancellationToken)
    {
        await progress.WriteLineAsync("starting the platform ...");
        await using var silo = await PlatformSilo.StartAsync(plan, cancellationToken);
        try
        {
            return await new BenchRun(plan, silo, progress).RunAsync(cancellationToken);
        }
        catch
        {
            await progress.WriteLineAsync($"The silo's log: {string.Join(Environment.NewLine, silo.Log)}");
            throw;
        }
    }

    private async Task<PlatformReport> RunAsync(CancellationToken cancellationToken)
    {
        var orders = await PaymentLoad.ReadOrdersAsync(silo.Grains, plan.Payments);
        if (plan.HasPipeline)
        {
            await progress.WriteLineAsync("first build of silver and gold ...");
            await RunPipelineAsync(cancellationToken);
        }

        var loadBefore = MachineLoad.Read();
        var window = Window.After(plan.WarmUp, plan.Duration);
        using var watchers = new Watchers(silo, times, window, plan.HasPipeline);
        var bad = new BadRecordPlan(SiloProcess.Seed, plan.BadRecords);
        using var fill = new FillLoad(silo.Kafka, silo.Clock, bad, watchers.Log.Index);
        var payments = new PaymentLoad(silo.Grains, times, window);
        await progress.WriteLineAsync($"load: {plan.WarmUp.TotalSeconds} s of warm-up, {plan.Duration.TotalSeconds} s measured ...");
        var meter = SiloMeter.StartAsync(silo, window, cancellationToken);
        await Task.WhenAll(
            payments.RunAsync(orders, plan.PaymentsPerSecond, plan.Total, cancellationToken),
            fill.RunAsync(plan.EventsPerSecond, plan.Total, cancellationToken));
        var loadAfter = MachineLoad.Read();
        var meters = await meter;
        var lake = await CatchUpAsync(watchers, cancellationToken);
        var stages = await watchers.StopAsync(payments);
        return new PlatformReport
        {
            Cores = Environment.ProcessorCount,
            Seconds = plan.Duration.TotalSeconds,
            ClockScale = BenchPlan.ClockScale,
            LoadBefore = loadBefore,
            LoadAfter = loadAfter,
            Load = LoadCount.Of(watchers.Log.Index, window, payments, meters),
            Stages = stages,
            Silo = meters.ToFigures(watchers.Silo.ToFigures(), silo.Log),
            Lake = lake with
            {
                Quarantine = await QuarantineCheck.ReadAsync(silo.Queries, watchers.Log.Index, cancellationToken),
                EndedNotInGold = plan.HasPipeline ? times.NotInGold(window) : null,
            },
            Workflows = await WorkflowFigures.ReadAsync(silo.Temporal),
            Pipeline = plan.HasPipeline ? await PipelineFigures.ReadAsync(silo.Grains, window) : null,
        };
    }

    /// <summary>Waits until the tables have what the log had when the load ended, and counts them; then the pipeline runs once more.</summary>
    private async Task<LakeFigures> CatchUpAsync(Watchers watchers, CancellationToken cancellationToken)
    {
        await progress.WriteLineAsync("catching up and counting ...");
        var positions = new LakePositions(silo.Queries);
        var ends = watchers.Log.ReadEnds();
        var lag = await positions.ReadLagAsync(ends, cancellationToken);
        var began = TimeProvider.System.GetTimestamp();
        var caughtUp = await positions.CatchUpAsync(ends, CatchUpPatience, cancellationToken);
        var elapsed = TimeProvider.System.GetElapsedTime(began);
        var topics = new List<TopicFate>();
        foreach (var topic in ValidatedTopic.All)
        {
            topics.Add(await positions.CountAsync(topic, ends, cancellationToken));
        }

        if (plan.HasPipeline)
        {
            await RunPipelineAsync(cancellationToken);
            await watchers.Gold.LookAsync();
        }

        return new LakeFigures { LagAtEnd = lag, CatchUpSeconds = caughtUp ? Math.Round(elapsed.TotalSeconds, 2) : null, Topics = topics, Quarantine = QuarantineFigures.None, EndedNotInGold = null };
    }

    private async Task RunPipelineAsync(CancellationToken cancellationToken)
    {
        // A run that waits already serves whoever asks, and begins after this moment like one of our own.
        var number = await silo.Grains.GetGrain<IPipelineGrain>(IPipelineGrain.Key).RequestAsync();
        await PipelineWait.ForAsync(silo.Grains, number, cancellationToken);
    }
}
