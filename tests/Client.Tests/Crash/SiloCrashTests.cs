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

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [TestCategory("Crash")]
    public async Task Silo_KilledAtRandomMomentsUnderLoad_LosesNothingAndChargesOnce()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("RECOUP_SEED"), out var given) ? given : Random.Shared.Next(1, 1_000_000);
        var kills = Environment.GetEnvironmentVariable("RECOUP_FULL") == "1" ? 100 : 30;
        TestContext.WriteLine($"RECOUP_SEED={seed}, {kills} kills");
        var stop = TestContext.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("recoup-crash-").FullName;
        var acknowledged = Path.Combine(folder, "acknowledged.txt");
        using var silo = new SiloProcess(folder, seed);
        await silo.StartAsync(stop);
        using var load = new SimulatedLoad(silo.Gateway, folder, acknowledged);
        load.GoOn();
        await UntilLoadAsync(acknowledged, stop);
        var random = new Random(seed);
        for (var kill = 1; kill <= kills; kill++)
        {
            await MomentAsync(random, stop);
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

    /// <summary>The simulator has found the silo, and orders are coming in.</summary>
    private static async Task UntilLoadAsync(string acknowledged, CancellationToken cancellationToken)
    {
        using var rounds = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!File.Exists(acknowledged) || new FileInfo(acknowledged).Length == 0)
        {
            await rounds.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>A random moment in the silo's life: the kill must not wait for anything that the silo does.</summary>
    private static async Task MomentAsync(Random random, CancellationToken cancellationToken)
    {
        using var moment = new PeriodicTimer(TimeSpan.FromMilliseconds(1 + random.Next((int)LifeMax.TotalMilliseconds)));
        await moment.WaitForNextTickAsync(cancellationToken);
    }

    /// <summary>Every outbox is emptied by itself. New events go on coming, so the eldest of each grain must go, not all at once.</summary>
    private static async Task UntilPublishedAsync(string dataFolder, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(EndPatience);
        var waiting = Books.FirstUnpublished(dataFolder).ToHashSet(StringComparer.Ordinal);
        using var rounds = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (waiting.Count > 0)
        {
            Assert.IsFalse(patience.IsCancellationRequested, $"{waiting.Count} outboxes are not emptied; one still holds {waiting.First()}");
            await rounds.WaitForNextTickAsync(cancellationToken);
            waiting.IntersectWith(Books.FirstUnpublished(dataFolder));
        }
    }

    /// <summary>Those that are stored now reach their end; renewals go on opening new ones.</summary>
    private static async Task<IReadOnlyDictionary<string, (PaymentStatus Status, bool PaidElsewhere)>> UntilEndedAsync(string dataFolder, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(EndPatience);
        var followed = Books.Payments(dataFolder).Keys.ToArray();
        using var rounds = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (true)
        {
            var payments = Books.Payments(dataFolder);
            var open = followed.Where(id => payments[id].Status is PaymentStatus.Submitted or PaymentStatus.Charging or PaymentStatus.Recovering).ToArray();
            if (open.Length == 0)
            {
                return followed.ToDictionary(id => id, id => payments[id], StringComparer.Ordinal);
            }

            Assert.IsFalse(patience.IsCancellationRequested, $"{open.Length} payments have no end; the first is {open[0]}, {payments[open[0]].Status}");
            await rounds.WaitForNextTickAsync(cancellationToken);
        }
    }
}
