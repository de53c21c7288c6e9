using Recoup.Pipeline;
using Recoup.Pipeline.Reconciliation;

namespace Recoup.Grains.Tests.Pipeline;

[TestClass]
public sealed class BookComparisonTests
{
    [TestMethod]
    public async Task CompareAsync_EverythingArrived_DiffersByNothing()
    {
        var readings = await ReadAsync(
            [new("pay_a", 3, "USD", 4999, true), new("pay_b", 1, "JPY", 500, false)],
            [Lake("pay_a", 3, "USD", 4999, true), Lake("pay_b", 1, "JPY", 500, false)]);

        Assert.IsTrue(readings.All(reading => reading is { Severity: Severity.Ok, Value: 0 }), string.Join('\n', readings));
        Assert.AreEqual("Collected: grains 49.99 USD, bronze 49.99 USD", readings.Single(reading => reading.Subject == "collected_USD").Summary);
    }

    [TestMethod]
    public async Task CompareAsync_AnEventIsMissing_SaysOfWhichPayment()
    {
        var readings = await ReadAsync(
            [new("pay_a", 3, "USD", 4999, true), new("pay_b", 2, "USD", 100, false)],
            [Lake("pay_a", 2, "USD", 4999, false, lastNumber: 2), Lake("pay_b", 2, "USD", 100, false)]);

        var published = readings.Single(reading => reading.Subject == "published_USD");
        Assert.AreEqual(Severity.Critical, published.Severity);
        Assert.AreEqual(1m, published.Value);
        StringAssert.Contains(published.Query, "'pay_a'");
        Assert.AreEqual(4999m, readings.Single(reading => reading.Subject == "collected_USD").Value);
    }

    [TestMethod]
    public async Task CompareAsync_AHoleInTheMiddle_IsMissing()
    {
        var readings = await ReadAsync([new("pay_a", 3, "USD", 1, false)], [Lake("pay_a", 2, "USD", 1, false, lastNumber: 3)]);
        Assert.AreEqual(1m, readings[0].Value);
    }

    [TestMethod]
    public async Task CompareAsync_PaymentThatMovedMeanwhile_IsLeftForTheNextRun()
    {
        var readings = await ReadAsync([new("pay_a", 1, "USD", 4999, false)], [Lake("pay_a", 2, "USD", 4999, true, lastNumber: 2)]);
        Assert.IsTrue(readings.All(reading => reading.Severity == Severity.Ok));
        StringAssert.Contains(readings[0].Summary, "1 of 1 payments moved meanwhile");
    }

    [TestMethod]
    public async Task CompareAsync_ForeignRecords_AreCountedApart()
    {
        var readings = await ReadAsync([new("pay_m", 1, "USD", 5, false)], [Lake("pay_a", 4, "EUR", 9, true), Lake("pay_m", 1, "USD", 5, false), Lake("pay_z", 1, "USD", 9, true)]);
        var foreign = readings.Single(reading => reading.Subject == "foreign");
        Assert.AreEqual(5m, foreign.Value);
        Assert.AreEqual(Severity.Ok, foreign.Severity);
        Assert.AreEqual(0m, readings.Single(reading => reading.Subject == "collected_USD").Value);
    }

    [TestMethod]
    public async Task CompareAsync_AmountOfAnEventIsAnother_DiffersByTheMinorUnit()
    {
        var readings = await ReadAsync([new("pay_a", 1, "USD", 4999, true)], [Lake("pay_a", 1, "USD", 4998, true)]);
        Assert.AreEqual(1m, readings.Single(reading => reading.Subject == "collected_USD").Value);
    }

    [TestMethod]
    public void OfLayers_SumsAgreeAndCountsDoNot_IsADifference()
    {
        LayerTotal[] one = [new("USD", 3, 300, 300)];
        LayerTotal[] other = [new("USD", 2, 300, 300)];

        var readings = ReconciliationReadings.OfLayers(new LayerTotals(one, other, [], other), 0).ToDictionary(reading => reading.Subject);

        Assert.AreEqual(Severity.Critical, readings["silver_USD"].Severity);
        Assert.AreEqual(Severity.Ok, readings["gold_USD"].Severity);
    }

    [TestMethod]
    public void OfLayers_RefusedBySilver_AreNotLost()
    {
        var layers = new LayerTotals([new("USD", 3, 300, 100)], [new("USD", 2, 200, 100)], [new("USD", 1, 100, 0)], [new("USD", 2, 0, 100)]);
        Assert.IsTrue(ReconciliationReadings.OfLayers(layers, 0).All(reading => reading.Severity == Severity.Ok));
    }

    private static LakeBook Lake(string key, long events, string currency, long amount, bool isCollected, long? lastNumber = null) =>
        new(key, events, lastNumber ?? events, currency, amount, isCollected, 0);

    private static async Task<IReadOnlyList<Reading>> ReadAsync(GrainBook[] grains, LakeBook[] lake) =>
        [.. ReconciliationReadings.OfBooks(await BookComparison.CompareAsync(new BookTally(), grains.ToAsyncEnumerable(), lake.ToAsyncEnumerable()), 0)];
}
