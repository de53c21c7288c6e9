using Recoup.Payments;
using Recoup.Simulation;

namespace Recoup.Client.Simulate;

/// <summary>One run of a plan against the grains: places the orders, and follows what becomes of the payments.</summary>
internal sealed class SimulationRun
{
    private readonly SimulationPlan plan;
    private readonly AcknowledgementRecord record;
    private readonly TimeProvider clock;
    private readonly PersistentCaller caller;
    private readonly Merchant merchant;
    private readonly ISimulatedProcessorGrain processor;
    private readonly BilledPayments billed;
    private readonly long startedAt;
    private TimeSpan? attemptedAfter;

    public SimulationRun(SimulationPlan plan, IGrainFactory grains, AcknowledgementRecord record, TimeProvider clock)
    {
        this.plan = plan;
        this.record = record;
        this.clock = clock;
        caller = new PersistentCaller(plan.Patience, clock, Meter.CountRetry);
        merchant = new Merchant(grains, caller, Meter, clock);
        processor = grains.GetGrain<ISimulatedProcessorGrain>(0);
        Watch = new PaymentWatch(grains, caller, plan.Concurrency, clock) { OnMoved = payment => OnMoved(payment) };
        billed = new BilledPayments(grains, caller, Watch, plan.WebhookPatience, clock);
        startedAt = clock.GetTimestamp();
    }

    public SimulationMeter Meter { get; } = new();

    public PaymentWatch Watch { get; }

    /// <summary>Wall time after which the last order was acknowledged; null before.</summary>
    public TimeSpan? PlacedAfter { get; private set; }

    /// <summary>Called with a payment whose status has changed.</summary>
    public Action<PaymentView> OnMoved { get; init; } = _ => { };

    /// <summary>Called with an order that has been placed.</summary>
    public Func<SimulatedOrder, CancellationToken, Task> BesideOrder { get; init; } = static (_, _) => Task.CompletedTask;

    /// <summary>Ends the wait for recoveries early when it says so: business time has run out.</summary>
    public Func<bool> IsOver { get; init; } = () => false;

    public SimulationSnapshot Snapshot() => new()
    {
        Plan = plan,
        Elapsed = clock.GetElapsedTime(startedAt),
        PlacedAfter = PlacedAfter,
        AttemptedAfter = attemptedAfter,
        Acknowledged = Meter.Acknowledged,
        Repeated = Meter.Repeated,
        Billed = Meter.Billed,
        Subscribed = Meter.Subscribed,
        Retries = Meter.Retries,
        P50 = Meter.Latency.Percentile(0.5),
        P99 = Meter.Latency.Percentile(0.99),
        Max = Meter.Latency.Max,
        Unheard = billed.Unheard,
        Tally = PaymentTally.Of(Watch.Standings),
    };

    /// <summary>Runs until what the plan waits for has come.</summary>
    /// <exception cref="CommandLine.CommandFailedException">An order was not taken.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var attempts = Watch.FollowFirstAttemptsAsync(stop.Token);
        var recoveries = Watch.FollowRecoveriesAsync(() => false, stop.Token);
        try
        {
            await PlaceAllAsync(stop.Token);
            PlacedAfter = clock.GetElapsedTime(startedAt);
            Watch.Complete();
            if (plan.Until is SimulationEnd.Accepted)
            {
                return;
            }

            await Task.WhenAll(attempts, billed.FindAsync(stop.Token));
            attemptedAfter = clock.GetElapsedTime(startedAt);
            if (plan.Until is SimulationEnd.Ended)
            {
                await Watch.FollowRecoveriesAsync(() => Watch.AllEnded() || IsOver(), stop.Token);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Settle(attempts);
            await Settle(recoveries);
        }
    }

    private Task PlaceAllAsync(CancellationToken cancellationToken) => Parallel.ForEachAsync(
        PacedAsync(cancellationToken),
        new ParallelOptions { MaxDegreeOfParallelism = plan.Concurrency, CancellationToken = cancellationToken },
        async (order, stop) =>
        {
            if (await merchant.PlaceAsync(order, stop) is { } paymentId)
            {
                record.Add(paymentId);
                Watch.Follow(paymentId);
            }
            else
            {
                billed.Expect(order);
            }

            await BesideOrder(order, stop);
        });

    private async IAsyncEnumerable<SimulatedOrder> PacedAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long index = 0;
        await foreach (var order in OrderSource.ReadAsync(processor, plan, caller, cancellationToken))
        {
            var wait = plan.Scenario.DueAfter(index++, plan.Rate) - clock.GetElapsedTime(startedAt);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, cancellationToken);
            }

            yield return order;
        }
    }

    /// <summary>Waits for a follower that was told to stop; its own failure counts only while the run itself has none.</summary>
    private static async Task Settle(Task follower)
    {
        try
        {
            await follower;
        }
        catch (OperationCanceledException)
        {
            // Stopped, as it was told.
        }
    }
}
