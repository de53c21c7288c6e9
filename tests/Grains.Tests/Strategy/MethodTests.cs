using Recoup.Strategy;
using RetryContext = Recoup.Strategy.RetryContext;

namespace Recoup.Grains.Tests.Strategy;

/// <summary>What is done where a rule or the state of the recovery outranks the table.</summary>
[TestClass]
public sealed class MethodTests
{
    [TestMethod]
    public void Decide_HardDeclineWithBackup_ChargesTheOtherCard()
    {
        var decision = (Contexts.Declined("lost_card", "visa", "41") with { BackupCards = ["card_dead", "card_2"], DeadCards = ["card_dead", "card_1"] }).Decide();

        Assert.AreEqual(RecoveryMethod.AlternativeCard, decision.Method);
        Assert.AreEqual("card_2", decision.CardId);
        Assert.IsNotEmpty(decision.Rejected.Single(other => other.Method == RecoveryMethod.SameCard).Reason);
    }

    [TestMethod]
    public void Decide_HardDeclineWithoutBackup_AsksForAnotherCard()
    {
        var decision = Contexts.Declined("lost_card", "visa", "41").Decide();

        Assert.AreEqual(RecoveryMethod.RequestCardUpdate, decision.Method);
        Assert.AreEqual(Contexts.Now.AddDays(14), decision.WaitUntil);
        Assert.IsNull(decision.CardId);
    }

    [TestMethod]
    [DataRow("R0")]
    [DataRow("R1")]
    [DataRow("R3")]
    public void Decide_AgreementStopped_ChargesNoCardWithoutTheCustomer(string code)
    {
        var decision = (Contexts.Declined("card_declined", "visa", code) with { BackupCards = ["card_2"] }).Decide();

        Assert.AreEqual(RecoveryMethod.ContactCustomer, decision.Method);
        Assert.Contains("agreement", decision.Rejected.Single(other => other.Method == RecoveryMethod.AlternativeCard).Reason);
    }

    [TestMethod]
    public void Decide_AgreementStoppedEarlier_StillChargesNoCard()
    {
        var decision = (Contexts.Declined("insufficient_funds", "visa", "51") with { AgreementStopped = true, BackupCards = ["card_2"] }).Decide();

        Assert.AreEqual(RecoveryMethod.ContactCustomer, decision.Method);
    }

    [TestMethod]
    public void Decide_PaymentCancelledByCustomer_GivesUp()
    {
        var decision = (Contexts.Declined("card_declined", "mastercard", "05", "21") with { BackupCards = ["card_2"] }).Decide();

        Assert.AreEqual(RecoveryMethod.GiveUp, decision.Method);
        Assert.Contains("cancelled", decision.Reason);
        Assert.HasCount(5, decision.Rejected);
    }

    [TestMethod]
    public void Decide_NewAccountInformation_UpdatesBeforeAnything()
    {
        var decision = Contexts.Declined("incorrect_cvc", "mastercard", "79", "01").Decide();

        Assert.AreEqual(RecoveryMethod.RequestCardUpdate, decision.Method);
    }

    [TestMethod]
    public void Decide_AuthenticationRequired_NeedsTheCustomer()
    {
        var decision = (Contexts.Declined("authentication_required", "visa", "1A") with { CardCountry = "DE", BackupCards = ["card_2"] }).Decide();

        Assert.AreEqual(RecoveryMethod.ContactCustomer, decision.Method);
        Assert.Contains("take part", decision.Rejected.Single(other => other.Method == RecoveryMethod.SameCard).Reason);
    }

    [TestMethod]
    public void Decide_DuplicateTransaction_LooksTheFirstOneUp()
    {
        var decision = Contexts.Declined("duplicate_transaction").Decide();

        Assert.IsTrue(decision.LookUpFirst);
        Assert.IsFalse(Contexts.Declined("processing_error").Decide().LookUpFirst);
    }

    [TestMethod]
    [DataRow("expired_card", "54")]
    [DataRow("card_declined", "41")]
    public void Decide_CustomerAnswered_ChargesAtOnce(string failure, string code)
    {
        var decision = (Contexts.Declined(failure, "visa", code).After(0, 30) with { CustomerAnswered = true }).Decide();

        Assert.AreEqual(RecoveryMethod.SameCard, decision.Method);
        Assert.AreEqual(0, decision.DelayHours);
    }

    [TestMethod]
    public void Decide_CustomerAnsweredWithinBudgetHold_WaitsForTheBudget()
    {
        var context = Contexts.Declined("expired_card") with { CustomerAnswered = true, CardNotBefore = Contexts.Now.AddHours(5) };

        Assert.AreEqual(5, context.Decide().DelayHours);
    }

    [TestMethod]
    public void Decide_BudgetHoldBeyondTheWindow_TakesTheOtherCardOrGivesUp()
    {
        var context = Contexts.Declined("insufficient_funds") with { CardNotBefore = Contexts.Now.AddDays(20) };

        Assert.AreEqual(RecoveryMethod.GiveUp, context.Decide().Method);
        Assert.AreEqual(RecoveryMethod.AlternativeCard, (context with { BackupCards = ["card_2"] }).Decide().Method);
    }

    [TestMethod]
    public void Decide_RetriesUsedUp_GivesUpWithAReason()
    {
        var decision = Contexts.Declined("insufficient_funds").After(8, 24 * 12).Decide();

        Assert.AreEqual(RecoveryMethod.GiveUp, decision.Method);
        Assert.Contains("8 retries were made, 8 are allowed", decision.Reason);
    }

    [TestMethod]
    public void Decide_HoldoutArm_IsKept() =>
        Assert.AreEqual("holdout", (Contexts.Declined("insufficient_funds") with { Arm = "holdout" }).Decide().Arm);

    [TestMethod]
    public void Replay_UnderTheOldEdition_DecidesAsThen()
    {
        RetryContext context = Contexts.Declined("card_declined", "visa", "83", declineCode: "fraudulent");

        Assert.AreEqual("2026-04-18", context.Decide().RulePack);
        var replayed = BaselineStrategy.Replay(context, "2021-04-17", Contexts.Packs, new StrategyOptions());
        Assert.AreEqual("2021-04-17", replayed.RulePack);
        // 83 was generic then, and left it to the provider's "fraudulent".
        Assert.AreEqual(RecoveryMethod.RequestCardUpdate, replayed.Method);
        Assert.AreEqual(RecoveryMethod.SameCard, context.Decide().Method);
        Assert.ThrowsExactly<ArgumentException>(() => Contexts.Packs.Pin("visa", "1999-01-01"));
    }
}
