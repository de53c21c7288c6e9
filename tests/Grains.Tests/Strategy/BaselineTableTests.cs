using Recoup.Strategy;

namespace Recoup.Grains.Tests.Strategy;

/// <summary>Every line of the baseline table, with its exact figures.</summary>
[TestClass]
public sealed class BaselineTableTests
{
    [TestMethod]
    [DataRow("insufficient_funds", "USD", 1_000_001L, null, RecoveryMethod.SameCard, 6.0, 0.72)]
    [DataRow("insufficient_funds", "USD", 1_000_000L, null, RecoveryMethod.SameCard, 24.0, 0.65)]
    [DataRow("insufficient_funds", "JPY", 1_000_001L, null, RecoveryMethod.SameCard, 6.0, 0.72)]
    [DataRow("insufficient_funds", "JPY", 1_000_000L, null, RecoveryMethod.SameCard, 24.0, 0.65)]
    [DataRow("insufficient_funds", "JPY", 10_001L, null, RecoveryMethod.SameCard, 24.0, 0.65)]
    [DataRow("card_declined", "USD", 0L, 0.91, RecoveryMethod.AlternativeCard, 1.0, 0.85)]
    [DataRow("card_declined", "USD", 0L, 0.90, RecoveryMethod.ContactCustomer, 0.0, 0.45)]
    [DataRow("card_declined", "USD", 0L, null, RecoveryMethod.ContactCustomer, 0.0, 0.45)]
    [DataRow("expired_card", "USD", 0L, null, RecoveryMethod.RequestCardUpdate, 0.0, 0.90)]
    [DataRow("incorrect_cvc", "USD", 0L, null, RecoveryMethod.RetryWithCorrectCvc, 1.0, 0.60)]
    [DataRow("processing_error", "USD", 0L, null, RecoveryMethod.SameCard, 12.0, 0.55)]
    [DataRow("a_code_of_tomorrow", "USD", 0L, null, RecoveryMethod.SameCard, 12.0, 0.55)]
    public void Decide_EachLine_GivesMethodDelayAndProbability(
        string failure, string currency, long valueMinor, double? successRate, RecoveryMethod method, double hours, double probability)
    {
        var context = Contexts.Declined(failure) with
        {
            Currency = currency,
            BackupCards = ["card_2"],
            Customer = new CustomerFacts { LifetimeValueMinor = valueMinor, SuccessRate = successRate },
        };

        var decision = context.Decide();

        Assert.AreEqual(method, decision.Method, decision.Reason);
        Assert.AreEqual(hours, decision.DelayHours);
        Assert.AreEqual(probability, decision.Probability);
        Assert.AreEqual("2026-04-18", decision.RulePack);
        Assert.AreEqual("baseline", decision.Strategy);
        Assert.HasCount(5, decision.Rejected);
    }

    [TestMethod]
    public void Decide_AlternativeCardWithoutBackup_ContactsAndSaysWhy()
    {
        var decision = (Contexts.Declined("card_declined") with { Customer = new CustomerFacts { SuccessRate = 0.95 } }).Decide();

        Assert.AreEqual(RecoveryMethod.ContactCustomer, decision.Method);
        Assert.IsNull(decision.CardId);
        Assert.Contains("no other card", decision.Rejected.Single(other => other.Method == RecoveryMethod.AlternativeCard).Reason);
    }

    [TestMethod]
    public void Decide_UnknownCurrency_Throws() =>
        Assert.ThrowsExactly<ArgumentException>(() => (Contexts.Declined("insufficient_funds") with { Currency = "XXX" }).Decide());
}
