using Recoup.Client.Events;
using Recoup.Client.Simulate;
using Recoup.Client.Simulate.Injection;
using Recoup.Customers;
using Recoup.Payments;
using Recoup.Silo.Settings;
using Recoup.Simulation;

namespace Recoup.Client.Demo;

/// <summary>Places the world's orders at the demo's silo and follows every payment to its end.</summary>
internal sealed class DemoRun : IDisposable
{
    private readonly DemoPlan plan;
    private readonly DemoSilo silo;
    private readonly int seed;
    private readonly DateTimeOffset startedAt;
    private readonly AcknowledgementRecord record = AcknowledgementRecord.Open(null);
    private readonly BadRecordSender injection;
    private readonly GoldWatch gold;
    private readonly CancellationTokenSource watching = new();
    private Task followed = Task.CompletedTask;

    private DemoRun(DemoPlan plan, DemoSilo silo, int seed, long first)
    {
        this.plan = plan;
        this.silo = silo;
        this.seed = seed;
        startedAt = silo.Clock.UtcNow;
        injection = new BadRecordSender(new BadRecordPlan(seed, plan.BadRecords), silo.Kafka, silo.KafkaSettings);
        gold = new GoldWatch(silo.Queries, TimeProvider.System);
        Simulation = new SimulationRun(
            new SimulationPlan { Payments = plan.Payments, First = first, Rate = plan.Rate, Concurrency = 16, Until = SimulationEnd.Ended },
            silo.Grains,
            record,
            TimeProvider.System)
        {
            OnMoved = News.Add,
            BesideOrder = injection.SendBesideAsync,
            IsOver = IsOver,
        };
    }

    public SimulationRun Simulation { get; }

    public Newsfeed News { get; } = new();

    public DateTimeOffset BusinessNow => silo.Clock.UtcNow;

    public TimeSpan BusinessTime => silo.Clock.UtcNow - startedAt;

    public static async Task<DemoRun> PrepareAsync(DemoPlan plan, DemoSilo silo)
    {
        var seed = await silo.Grains.GetGrain<ISimulatedProcessorGrain>(0).GetSeedAsync();
        return new DemoRun(plan, silo, seed, await FreshOrders.FindFirstAsync(silo.Grains));
    }

    /// <summary>Plays the simulation, and looks at gold meanwhile.</summary>
    public Task PlayAsync(CancellationToken cancellationToken)
    {
        followed = gold.FollowAsync(watching.Token);
        return Simulation.RunAsync(cancellationToken);
    }

    public async Task<DemoResult> ConcludeAsync(CancellationToken cancellationToken)
    {
        var story = StoryChoice.Choose(Simulation.Watch.ById);
        var (events, lake) = await CountEventsAsync(cancellationToken);
        var result = new DemoResult
        {
            Seed = seed,
            Plan = plan,
            End = Simulation.Snapshot(),
            BusinessTime = BusinessTime,
            Audit = await silo.Grains.GetGrain<ISimulatedProcessorGrain>(0).AuditAsync(),
            EventsPending = await CountOutboxesAsync(),
            Events = events,
            Lake = lake,
            Story = story is null ? null : await silo.Grains.GetGrain<IPaymentGrain>(story).GetAsync(),
        };
        var made = await DemoGold.MakeAsync(silo, cancellationToken);
        await StopWatchingAsync(cancellationToken);
        return result with { Gold = made, GoldDelay = gold.Measure(events.EndedAt) };
    }

    public void Dispose()
    {
        watching.Cancel();
        watching.Dispose();
        injection.Dispose();
    }

    /// <summary>With a last look, for what the last run of the pipeline has made.</summary>
    private async Task StopWatchingAsync(CancellationToken cancellationToken)
    {
        await watching.CancelAsync();
        await followed;
        await gold.LookAsync(cancellationToken);
    }

    /// <summary>Business time has passed the window of the last order, or is level with the wall clock and goes on at its pace.</summary>
    private bool IsOver()
    {
        var now = silo.Clock.UtcNow;
        var lastOrderAt = startedAt + ((Simulation.PlacedAfter ?? TimeSpan.Zero) * plan.Scale);
        return now > DemoPlan.EndAfter(lastOrderAt) || (plan.Scale > 1 && TimeProvider.System.GetUtcNow() - now < TimeSpan.FromMinutes(1));
    }

    /// <summary>From the log itself, with a client of its own, and from the tables once they hold all of it.</summary>
    private async Task<(PublishedEvents Events, LakeCounts Lake)> CountEventsAsync(CancellationToken cancellationToken)
    {
        using var log = EventLog.Open(silo.Kafka, KafkaOptions.GroupId, silo.KafkaSettings);
        // The log first: whatever is counted there, the tables have when they are past its end.
        var events = await Task.Run(() => PublishedEvents.Count(log, cancellationToken), cancellationToken);
        var reader = new LakeReader(silo.Queries, log, TimeProvider.System);
        var tables = await reader.CountAsync(cancellationToken);
        var quarantined = await reader.QuarantinedAsync(cancellationToken);
        return (events, LakeCounts.Of(tables, quarantined, events.Injected));
    }

    private async Task<int> CountOutboxesAsync()
    {
        var count = 0;
        var followed = Simulation.Watch.ById.ToList();
        foreach (var paymentId in followed.Select(entry => entry.Key))
        {
            count += (await silo.Grains.GetGrain<IPaymentGrain>(paymentId).GetOutboxAsync()).Count;
        }

        foreach (var customerId in followed.Select(entry => entry.Value?.CustomerId).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            count += (await silo.Grains.GetGrain<ICustomerGrain>(customerId).GetOutboxAsync()).Count;
        }

        return count;
    }
}
