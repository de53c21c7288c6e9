using System.Text.Json;
using Recoup.Fraud;
using Recoup.Gateways;
using Recoup.Payments;
using Recoup.Strategy;
using static Recoup.Grains.Tests.Payments.PaymentSamples;

namespace Recoup.Grains.Tests.Payments;

[TestClass]
public sealed class PaymentTransitionsTests
{
    [TestMethod]
    public void Submit_Repeated_ChangesNothing()
    {
        var once = new PaymentState().Submit(PaymentId, "key", Command(), Now);

        Assert.AreSame(once, once.Submit(PaymentId, "key", Command(1), Now));
        Assert.AreEqual(PaymentStatus.Submitted, once.Status);
    }

    [TestMethod]
    public void Judge_Blocked_EndsWithOneEventAndNoAttempt()
    {
        var verdict = new FraudVerdict { Score = 0.93, Blocked = true, Reasons = ["country_mismatch", "velocity"] };

        var blocked = new PaymentState().Submit(PaymentId, "key", Command(), Now).Judge(verdict, Now);

        Assert.AreEqual(PaymentStatus.Blocked, blocked.Status);
        Assert.IsEmpty(blocked.Attempts);
        Assert.AreSame(blocked, blocked.BeginAttempt(0, "card_1", "visa", "US", Now), "a blocked payment was attempted");
        var charge = JsonDocument.Parse(blocked.Outbox.Single().Json).RootElement;
        Assert.AreEqual("charge.blocked", charge.GetProperty("event_type").GetString());
        Assert.AreEqual("country_mismatch, velocity", charge.GetProperty("decision").GetProperty("reason").GetString());
    }

    [TestMethod]
    public void BeginAttempt_WhileOneIsPending_ChangesNothing()
    {
        var charging = Charging();

        Assert.AreSame(charging, charging.BeginAttempt(0, "card_1", "visa", "US", Now));
        Assert.AreEqual(PaymentStatus.Charging, charging.Status);
    }

    [TestMethod]
    public void ResolveAttempt_Twice_CountsOnce()
    {
        var succeeded = Charging().ResolveAttempt(1, Succeeded("ch_1"), Now);

        Assert.AreSame(succeeded, succeeded.ResolveAttempt(1, Succeeded("ch_1"), Now));
        Assert.AreEqual(PaymentStatus.Succeeded, succeeded.Status);
        Assert.HasCount(1, succeeded.Outbox);
    }

    [TestMethod]
    public void BeginAttempt_OfADecisionThatWasCarriedOut_ChangesNothing()
    {
        var declinedTwice = Recovering().Decide(1, Decision())
            .BeginAttempt(1, "card_1", "visa", "US", Now).ResolveAttempt(2, Declined("ch_2"), Now);

        Assert.AreSame(declinedTwice, declinedTwice.BeginAttempt(1, "card_1", "visa", "US", Now));
    }

    [TestMethod]
    public void ResolveAttempt_SuccessOfARetry_IsRecoveredWithTheDecisionInItsEvent()
    {
        var recovered = Recovering().Decide(1, Decision())
            .BeginAttempt(1, "card_1", "visa", "US", Now).ResolveAttempt(2, Succeeded("ch_2"), Now);

        Assert.AreEqual(PaymentStatus.Recovered, recovered.Status);
        Assert.IsNull(recovered.PendingSignal, "the workflow knows the result of its own attempt");
        var charge = JsonDocument.Parse(recovered.Outbox[^1].Json).RootElement;
        Assert.AreEqual($"{PaymentId}:2", charge.GetProperty("event_id").GetString());
        Assert.AreEqual(2, charge.GetProperty("attempt").GetInt32());
        Assert.IsTrue(charge.GetProperty("is_final").GetBoolean());
        Assert.AreEqual("same_card", charge.GetProperty("decision").GetProperty("method").GetString());
    }

    [TestMethod]
    public void Cancel_WhileAnAttemptIsInFlight_GivesALateSuccessBack()
    {
        var cancelled = Charging().Cancel(Now);
        var late = cancelled.ResolveAttempt(1, Succeeded("ch_1"), Now);

        Assert.AreEqual(PaymentStatus.Cancelled, cancelled.Status);
        Assert.AreEqual(PaymentStatus.Cancelled, late.Status);
        var compensation = late.Refunds.Single();
        Assert.AreEqual(("ch_1", 4999L, true), (compensation.ChargeId, compensation.AmountMinor, compensation.IsCompensation));
    }

    [TestMethod]
    public void PayElsewhere_WhileARetryIsInFlight_GivesALateSuccessBack()
    {
        var inFlight = Recovering().Decide(1, Decision()).BeginAttempt(1, "card_1", "visa", "US", Now);

        var late = inFlight.PayElsewhere(Now).ResolveAttempt(2, Succeeded("ch_2"), Now);

        Assert.AreEqual(PaymentStatus.Recovered, late.Status);
        Assert.AreEqual("ch_2", late.Refunds.Single().ChargeId);
        Assert.AreEqual(0, PaymentStatusRules.RefundableMinor(late), "money that never came in cannot be refunded");
    }

    [TestMethod]
    public void Cancel_OfACollectedPayment_ChangesNothing()
    {
        var succeeded = Charging().ResolveAttempt(1, Succeeded("ch_1"), Now);

        Assert.AreSame(succeeded, succeeded.Cancel(Now));
    }

    [TestMethod]
    public void RequestRefund_InParts_NeverPromisesMoreThanWasCollected()
    {
        var state = Charging().ResolveAttempt(1, Succeeded("ch_1"), Now)
            .RequestRefund("a", 3000, null, Now);

        Assert.AreSame(state, state.RequestRefund("b", 2000, null, Now), "3000 and 2000 are more than 4999");
        Assert.AreSame(state, state.RequestRefund("a", 3000, null, Now), "the same key again");

        var refunded = state.RequestRefund("b", 1999, null, Now)
            .ResolveRefund(1, new GatewayRefund { RefundId = "re_1", Succeeded = true, At = Now }, Now)
            .ResolveRefund(2, new GatewayRefund { RefundId = "re_2", Succeeded = true, At = Now }, Now);

        Assert.AreEqual(PaymentStatus.Refunded, refunded.Status);
        Assert.AreEqual(4999, PaymentStatusRules.RefundedMinor(refunded));
    }

    [TestMethod]
    public void Fail_AfterDeclines_EndsWithAFinalEventThatCountsNoAttempt()
    {
        var failed = Recovering().Decide(1, Decision(RecoveryMethod.GiveUp)).Fail("recovery_exhausted", Now);

        Assert.AreEqual(PaymentStatus.Failed, failed.Status);
        var end = JsonDocument.Parse(failed.Outbox[^1].Json).RootElement;
        Assert.AreEqual(("charge.failed", true, "recovery_exhausted", 1), (
            end.GetProperty("event_type").GetString(), end.GetProperty("is_final").GetBoolean(),
            end.GetProperty("failure_code").GetString(), end.GetProperty("attempt").GetInt32()));
    }

    [TestMethod]
    public void CustomerAnswered_WithoutAQuestion_ChangesNothing()
    {
        var waiting = Recovering().Decide(1, Decision());

        Assert.AreSame(waiting, waiting.CustomerAnswered());
        var asked = Recovering().Decide(1, Decision(RecoveryMethod.RequestCardUpdate)).CustomerAnswered();
        Assert.AreEqual(RecoverySignal.CardUpdated, asked.PendingSignal);
    }

    [TestMethod]
    public void State_ThroughStorage_StaysTheSame()
    {
        var state = Recovering().Decide(1, Decision()).BeginAttempt(1, "card_1", "visa", "US", Now).Cancel(Now)
            .ResolveAttempt(2, Succeeded("ch_2"), Now);

        var json = JsonSerializer.Serialize(state, RecoupJson.Options);

        Assert.AreEqual(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<PaymentState>(json, RecoupJson.Options), RecoupJson.Options));
    }
}
