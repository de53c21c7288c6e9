using Recoup.Payments;

namespace Recoup.Client.Tests.Crash;

/// <summary>
/// Kills a real silo with SIGKILL at random moments while <c>simulate</c> places orders, and then counts: every acknowledged payment is there, every
/// payment reaches an end by itself, the processor's own ledger holds at most one charge of each, every outbox is emptied, and the event log (whose broker
/// was killed with the silo) holds exactly the events that the payments' states imply. <c>RECOUP_SEED</c> repeats the moments, <c>RECOUP_FULL=1</c> kills
/// more often.
/// </summary>
[TestClass]
public sealed class SiloCrashTests
{
    private static readonly TimeSpan LifeMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan EndPatience = TimeSpan.FromMinutes(6);

    /// <summary>Each look reads the grains' whole file.</summary>
    private static readonly TimeSpan BooksInterval = TimeSpan.FromMilliseconds(500);

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [TestCategory("Crash")]
    public async Task Silo_KilledAtRandomMomentsUnderLoad_LosesNothingAndChargesOnce()
    {
        var plan = KillPlan.Make(TestContext, few: 30, many: 100);
        var (seed, kills) = (plan.Seed, plan.Count);
        var stop = TestContext.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("recoup-crash-").FullName;
        var acknowledged = Path.Combine(folder, "acknowledged.txt");
        using var silo = new SiloProcess(folder, seed);
        await silo.StartAsync(stop);
        using var load = new SimulatedLoad(silo.Gateway, folder, acknowledged);
        load.GoOn();
        await load.UntilAcknowledgedAsync(stop);
        for (var kill = 1; kill <= kills; kill++)
        {
            await plan.MomentAsync(LifeMax, stop);
            await silo.KillAsync(stop);
            await silo.StartAsync(stop);
            load.GoOn();
        }

        await load.FinishAsync(stop);
        var promised = (await File.ReadAllLinesAsync(acknowledged, stop)).ToHashSet(StringComparer.Ordinal);
        var payments = await UntilEndedAsync(silo.DataFolder, stop);
        await UntilPublishedAsync(silo.DataFolder, stop);
        var log = EventBooks.Read(silo.Kafka, stop);
        await silo.KillAsync(stop);

        TestContext.WriteLine($"{promised.Count} acknowledged, {payments.Count} stored: "
            + string.Join(", ", payments.Values.CountBy(payment => payment.Status).Select(count => $"{count.Value} {count.Key}")));
        Assert.IsGreaterThan(kills * 3, promised.Count, "there was hardly any load");
        Assert.IsEmpty(promised.Except(payments.Keys), $"seed {seed}: acknowledged and lost");
        var kept = Books.KeptCharges(silo.DataFolder);
        Assert.IsEmpty(kept.Where(one => one.Value > 1), $"seed {seed}: charged twice");
        foreach (var id in promised)
        {
            var (status, paidElsewhere) = payments[id];
            var expected = status is PaymentStatus.Succeeded or PaymentStatus.Recovered && !paidElsewhere ? 1
                : status is PaymentStatus.Failed or PaymentStatus.Cancelled or PaymentStatus.Blocked ? 0
                : kept.GetValueOrDefault(id);
            Assert.AreEqual(expected, kept.GetValueOrDefault(id), $"seed {seed}: {id} is {status}, and that is not what the ledger says");
        }

        foreach (var told in Books.ToldEvents(silo.DataFolder))
        {
            log.AssertHolds(told, $"seed {seed}");
        }

        TestContext.WriteLine($"{log.Records} records in the log, {log.Repeated} of them published again");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Every outbox is emptied by itself. New events go on coming, so the eldest of each grain must go, not all at once.</summary>
    private static async Task UntilPublishedAsync(string dataFolder, CancellationToken cancellationToken)
    {
        var waiting = Books.FirstUnpublished(dataFolder).ToHashSet(StringComparer.Ordinal);
        await Patience.UntilAsync(
            () =>
            {
                waiting.IntersectWith(Books.FirstUnpublished(dataFolder));
                return waiting.Count == 0;
            },
            () => $"{waiting.Count} outboxes are not emptied; one still holds {waiting.First()}",
            EndPatience,
            BooksInterval,
            cancellationToken);
    }

    /// <summary>Those that are stored now reach their end; renewals go on opening new ones.</summary>
    private static async Task<IReadOnlyDictionary<string, (PaymentStatus Status, bool PaidElsewhere)>> UntilEndedAsync(string dataFolder, CancellationToken cancellationToken)
    {
        var followed = Books.Payments(dataFolder).Keys.ToArray();
        var payments = Books.Payments(dataFolder);
        string[] open = [];
        await Patience.UntilAsync(
            () =>
            {
                payments = Books.Payments(dataFolder);
                open = [.. followed.Where(id => payments[id].Status is PaymentStatus.Submitted or PaymentStatus.Charging or PaymentStatus.Recovering)];
                return open.Length == 0;
            },
            () => $"{open.Length} payments have no end; the first is {open[0]}, {payments[open[0]].Status}",
            EndPatience,
            BooksInterval,
            cancellationToken);
        return followed.ToDictionary(id => id, id => payments[id], StringComparer.Ordinal);
    }
}
