using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Orleans.TestingHost;
using Recoup.Clock;
using Recoup.Events;
using Recoup.Gateways;
using Recoup.Payments;
using Recoup.Recovery;
using Recoup.Strategy;

namespace Recoup.Grains.Tests.Payments.Chaos;

/// <summary>
/// No sequence of commands, repetitions, lost answers, failed writes and lost activations charges twice or leaves a payment without an end.
/// The judge is the gateway's own ledger. <c>RECOUP_FULL=1</c> runs more payments; <c>RECOUP_SEED</c> repeats a run.
/// </summary>
[TestClass]
public sealed class PaymentChaosTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task Payments_UnderAnySequenceOfFaults_ChargeAtMostOnceAndEnd()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("RECOUP_SEED"), out var given) ? given : Random.Shared.Next();
        var count = Environment.GetEnvironmentVariable("RECOUP_FULL") == "1" ? 5000 : 300;
        TestContext.WriteLine($"RECOUP_SEED={seed}, {count} payments");
        var mischief = new Mischief(seed);
        var (storage, gateway, recovery) = (new ChaosStorage(mischief), new ChaosGateway(mischief), new ChaosRecovery(mischief));
        var log = new ChaosLog(mischief);
        await using var cluster = Build(storage, gateway, recovery, log);
        await cluster.DeployAsync();
        recovery.Grains = cluster.Client;

        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (number, _) =>
            await TormentAsync(cluster.Client, mischief, number));
        mischief.Heal();

        var payments = await SettleAsync(cluster.Client, storage);
        Assert.IsGreaterThan(count / 2, payments.Count, "most submits must have reached the storage, or nothing was tried");
        Assert.IsFalse(gateway.GaveBackTooMuch(), "more went back than came in");
        foreach (var payment in payments)
        {
            var kept = gateway.NetSuccesses(payment.PaymentId);
            var isKept = payment.Status is PaymentStatus.Succeeded or PaymentStatus.Recovered && payment.PaidElsewhereAt is null;
            Assert.HasCount(isKept ? 1 : 0, kept, $"seed {seed}: {payment.PaymentId} is {payment.Status} and holds {string.Join(", ", kept)}");
            Assert.IsEmpty(payment.Outbox, $"seed {seed}: the outbox of {payment.PaymentId}");
            var events = Enumerable.Range(1, payment.EventCount).Select(number => PaymentIds.EventId(payment.PaymentId, number)).ToArray();
            CollectionAssert.AreEqual(events, log.FirstSeen(payment.PaymentId).ToArray(), $"seed {seed}: events of {payment.PaymentId}");
        }
    }

    private static async Task TormentAsync(IGrainFactory grains, Mischief mischief, int number)
    {
        var key = $"order-{number}";
        var id = PaymentIds.PaymentId("mer_1", key);
        var payment = grains.GetGrain<IPaymentGrain>(id);
        var command = PaymentSamples.Command() with { CustomerId = $"cus_{number % 40}", CardId = $"card_{number}" };
        await TryAsync(() => payment.SubmitAsync(command, key));
        for (var step = mischief.Next(6); step > 0; step--)
        {
            await (mischief.Next(9) switch
            {
                0 => TryAsync(() => payment.CancelAsync(null)),
                1 => TryAsync(() => payment.MarkPaidElsewhereAsync(new PaidElsewhere())),
                2 => TryAsync(() => payment.RefundAsync(new RefundPayment { IdempotencyKey = $"refund-{mischief.Next(2)}", AmountMinor = mischief.Chance(0.5) ? null : 2500 })),
                3 => TryAsync(() => payment.SubmitAsync(command, key)),
                4 => Task.WhenAll(TryAsync(() => payment.SubmitAsync(command, key)), TryAsync(payment.ResumeAsync)),
                5 => TryAsync(() => payment.CardUpdatedAsync(command.CardId!)),
                6 => TryAsync(() => payment.WaitForFirstAttemptAsync(TimeSpan.FromMilliseconds(50))),
                7 => TryAsync(() => grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero)),
                _ => TryAsync(payment.ResumeAsync),
            });
        }
    }

    /// <summary>What the attention sweep does, until every payment has its end.</summary>
    private static async Task<IReadOnlyList<PaymentState>> SettleAsync(IGrainFactory grains, ChaosStorage storage)
    {
        using var patience = new CancellationTokenSource(Deadline);
        while (true)
        {
            var all = storage.All<PaymentState>().ToArray();
            var open = all.Where(payment => payment.IsOpen || payment.AttentionAt is not null).ToArray();
            if (open.Length == 0)
            {
                return all;
            }

            Assert.IsFalse(patience.IsCancellationRequested, $"{open.Length} payments have no end, the first: {open[0].PaymentId} {open[0].Status}");
            await Task.WhenAll(open.Select(payment => grains.GetGrain<IPaymentGrain>(payment.PaymentId).ResumeAsync()));
            await Task.Yield();
        }
    }

    private static InProcessTestCluster Build(ChaosStorage storage, ChaosGateway gateway, ChaosRecovery recovery, ChaosLog log)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Services
            .AddKeyedSingleton<IGrainStorage>("recoup", storage)
            .AddSingleton<IPaymentGateway>(gateway)
            .AddSingleton<IRecoveryLauncher>(recovery)
            .AddSingleton<IEventPublisher>(log)
            .AddSingleton<ICustomerMessenger, SilentMessenger>()
            .AddSingleton<IBusinessClock, FastClock>()
            .AddPayments()
            .AddRecoupStrategy()
            .Configure<PaymentOptions>(options => options.RetryPauseMax = TimeSpan.FromMilliseconds(10))
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Critical)));
        return builder.Build();
    }

    private static async Task TryAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception exception) when (exception is IOException or InconsistentStateException or TimeoutException or OrleansException)
        {
            // The caller of a real system sees the same, and asks again.
        }
    }

    private sealed class SilentMessenger : ICustomerMessenger
    {
        public Task SendAsync(CustomerMessage message, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
