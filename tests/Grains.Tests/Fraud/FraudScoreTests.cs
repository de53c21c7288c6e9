using Recoup.Customers;
using Recoup.Fraud;
using Recoup.Payments;

namespace Recoup.Grains.Tests.Fraud;

[TestClass]
public sealed class FraudScoreTests
{
    [TestMethod]
    [DataRow("US", "US", 50, 0, 0, 0.0, false, "")]
    [DataRow("RU", "US", 50, 0, 0, 0.35, false, "country_mismatch")]
    [DataRow("US", "US", 5_000, 0, 0, 0.35, false, "high_amount")]
    [DataRow("RU", "US", 50, 50, 9, 0.58, false, "country_mismatch,velocity,recent_failures")]
    [DataRow("RU", "US", 5_000, 0, 0, 0.70, true, "country_mismatch,high_amount")]
    [DataRow("RU", "US", 5_000, 9, 9, 0.93, true, "country_mismatch,high_amount,velocity,recent_failures")]
    [DataRow(null, "US", 5_000, 9, 0, 0.50, false, "high_amount,velocity")]
    public void Of_Features_AddUpHeaviestFirst(string? card, string billing, int major, int lastHour, int failures, double score, bool blocked, string reasons)
    {
        var verdict = FraudScore.Of(Payment(major * 100, "USD", card, billing), Facts(lastHour, failures), new FraudOptions());

        Assert.AreEqual((score, blocked, reasons), (verdict.Score, verdict.Blocked, string.Join(",", verdict.Reasons)));
    }

    [TestMethod]
    [DataRow(24_999L, "raised_amount")]
    [DataRow(25_000L, "high_amount")]
    [DataRow(14_999L, "")]
    public void Of_CustomerWithHistory_IsHeldAgainstTheMean(long amountMinor, string reasons)
    {
        var facts = Facts(0, 0) with { Collected = 3, MeanAmountMinor = 5_000 };

        Assert.AreEqual(reasons, string.Join(",", FraudScore.Of(Payment(amountMinor, "USD", "US", "US"), facts, new FraudOptions()).Reasons));
    }

    [TestMethod]
    [DataRow(99_999L, false)]
    [DataRow(100_000L, true)]
    public void Of_Yen_TakesAHundredTimesAsMany(long amountMinor, bool isHigh) =>
        Assert.AreEqual(isHigh, FraudScore.Of(Payment(amountMinor, "JPY", null, null), Facts(0, 0), new FraudOptions()).Reasons.Contains("high_amount"));

    [TestMethod]
    public void Of_ThresholdAboveOne_BlocksNothing() => Assert.IsFalse(
        FraudScore.Of(Payment(500_000, "USD", "RU", "US"), Facts(9, 9), new FraudOptions { BlockFromScore = 1.1 }).Blocked);

    private static RiskFacts Facts(int lastHour, int failures) => new() { PaymentsLastHour = lastHour, FailuresLastDay = failures, Collected = 0 };

    private static SubmitPayment Payment(long amountMinor, string currency, string? card, string? billing) => new()
    {
        CustomerId = "cus_1",
        MerchantId = "mer_1",
        AmountMinor = amountMinor,
        Currency = currency,
        CardCountry = card,
        BillingCountry = billing,
    };
}
