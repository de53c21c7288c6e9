using Recoup.Payments;
using Recoup.Webhooks;

namespace Recoup.Grains.Tests.Webhooks;

/// <summary>What Stripe's events say, in the shapes of several API versions.</summary>
[TestClass]
public sealed class StripeEventTests
{
    private const string OwnPayment = "pay_0123456789ABCDEFGHJKMNPQRS";

    [TestMethod]
    public void Read_ChargeFailed_TellsEveryCodeInItsField()
    {
        var told = Read("charge.failed", """
            {"id":"ch_1","amount":2000,"currency":"usd","customer":"cus_1","payment_intent":"pi_1","invoice":"in_1","failure_code":"card_declined",
             "outcome":{"reason":"insufficient_funds","network_decline_code":"51","network_advice_code":"24","advice_code":"try_again_later"},
             "payment_method":"pm_1","payment_method_details":{"card":{"brand":"Visa","country":"us"}},"billing_details":{"address":{"country":"DE"}}}
            """);
        var fact = (ChargeReported)told.Facts.Single();
        Assert.AreEqual(("ch_1", false, "card_declined", "insufficient_funds", "51", "24"),
            (fact.ChargeId, fact.Succeeded, fact.FailureCode, fact.DeclineCode, fact.NetworkCode, fact.AdviceCode));
        Assert.AreEqual((2000L, "USD", "cus_1", "pm_1", "visa", "US", "DE"), (fact.Payment.AmountMinor, fact.Payment.Currency, fact.Payment.CustomerId,
            fact.Payment.CardId, fact.Payment.CardNetwork, fact.Payment.CardCountry, fact.Payment.BillingCountry));
        CollectionAssert.AreEqual(new[] { "stripe:pi_1", "stripe:ch_1", "stripe:in_1" }, told.Aliases.ToArray());
    }

    [TestMethod]
    public void Read_ChargeOfOldApiWithSource_TellsCardAndUnknownCustomer()
    {
        var fact = Charge("charge.failed", """{"id":"ch_1","amount":"2000","currency":"EUR","source":{"id":"card_1","brand":"American Express","country":"FR"}}""");
        Assert.AreEqual(("card_1", "amex", "FR", "cus_unknown_ch_1", 2000L), (fact.Payment.CardId, fact.Payment.CardNetwork, fact.Payment.CardCountry, fact.Payment.CustomerId, fact.Payment.AmountMinor));
    }

    [TestMethod]
    public void Read_ConnectedAccount_IsTheMerchant()
    {
        var received = WebhookCluster.Event(ProviderEvents.Stripe, """{"id":"evt_1","type":"charge.failed","account":"acct_7","data":{"object":{"id":"ch_1","amount":1,"currency":"usd"}}}""");
        Assert.AreEqual("acct_7", WebhookCluster.Read(received).MerchantId);
        Assert.AreEqual("mer_test", Read("charge.failed", "{}").MerchantId);
    }

    [TestMethod]
    public void Read_AuthorisedThenCapturedInPart_TellsOnlyWhatWasCaptured()
    {
        Assert.IsEmpty(Read("charge.succeeded", """{"id":"ch_1","amount":2000,"currency":"usd","captured":false}""").Facts);
        Assert.AreEqual(1500L, Charge("charge.captured", """{"id":"ch_1","amount":2000,"amount_captured":1500,"currency":"usd","captured":true}""").Payment.AmountMinor);
        Assert.AreEqual(1500L, Charge("payment_intent.succeeded", """{"id":"pi_1","amount":2000,"amount_received":1500,"currency":"usd","latest_charge":"ch_1"}""").Payment.AmountMinor);
    }

    [TestMethod]
    [DataRow("""{"id":"pi_1","amount":2000,"currency":"usd","last_payment_error":{"charge":"ch_1","code":"card_declined","decline_code":"lost_card","network_decline_code":"41","advice_code":"do_not_try_again"}}""", DisplayName = "error")]
    [DataRow("""{"id":"pi_1","amount":2000,"currency":"usd","latest_charge":{"id":"ch_1","failure_code":"card_declined","outcome":{"reason":"lost_card","network_decline_code":"41","advice_code":"do_not_try_again"}}}""", DisplayName = "expanded charge")]
    [DataRow("""{"id":"pi_1","amount":2000,"currency":"usd","charges":{"data":[{"id":"ch_0","created":1},{"id":"ch_1","created":2,"failure_code":"card_declined","outcome":{"reason":"lost_card","network_decline_code":"41","advice_code":"do_not_try_again"}}]}}""", DisplayName = "newest of a list")]
    public void Read_PaymentIntentFailed_IsTheAttemptOfItsLatestCharge(string body)
    {
        var fact = Charge("payment_intent.payment_failed", body);
        Assert.AreEqual(("ch_1", "card_declined", "lost_card", "41", "do_not_try_again"), (fact.ChargeId, fact.FailureCode, fact.DeclineCode, fact.NetworkCode, fact.AdviceCode));
    }

    [TestMethod]
    public void Read_InvoiceOfOldAndNewApi_LinksWhatItNames()
    {
        var old = Read("invoice.payment_failed", """{"id":"in_1","charge":"ch_1","payment_intent":"pi_1","subscription":"sub_1","amount_due":900,"currency":"gbp"}""");
        CollectionAssert.AreEqual(new[] { "stripe:pi_1", "stripe:ch_1", "stripe:in_1" }, old.Aliases.ToArray());
        var recent = Read("invoice.payment_failed", """{"id":"in_1","amount_due":900,"currency":"gbp","parent":{"subscription_details":{"subscription":"sub_1"}}}""");
        CollectionAssert.AreEqual(new[] { "stripe:in_1" }, recent.Aliases.ToArray());
        foreach (var fact in old.Facts.Concat(recent.Facts).Cast<ChargeReported>())
        {
            Assert.AreEqual(("sub_1", Initiator.Merchant, (string?)null), (fact.Payment.SubscriptionId, fact.Payment.InitiatedBy, fact.FailureCode));
        }

        CollectionAssert.AreEqual(new[] { "stripe:pi_1", "stripe:in_1" }, Read("invoice_payment.paid", """{"id":"inpay_1","invoice":"in_1","payment":{"type":"payment_intent","payment_intent":"pi_1"}}""").Aliases.ToArray());
        CollectionAssert.AreEqual(new[] { "stripe:pi_1", "stripe:in_1" }, Read("payment_intent.created", """{"id":"pi_1","payment_details":{"order_reference":"in_1"}}""").Aliases.ToArray());
    }

    [TestMethod]
    public void Read_InvoiceWithNothingDue_HasNoPaymentBehindIt()
    {
        var told = Read("invoice.paid", """{"id":"in_1","amount_due":0,"amount_paid":0,"currency":"usd"}""");
        Assert.IsEmpty(told.Facts);
        Assert.IsEmpty(told.Faults);
        StringAssert.Contains(told.Note, "nothing was due");
    }

    [TestMethod]
    public void Read_InvoicePaidOutOfBand_IsPaidElsewhere()
    {
        var told = Read("invoice.paid", """{"id":"in_1","amount_paid":900,"currency":"usd","paid_out_of_band":true}""");
        Assert.IsEmpty(told.Facts);
        StringAssert.Contains(told.Paid?.Reference, "in_1");
    }

    [TestMethod]
    [DataRow("payment_intent.canceled", """{"id":"pi_1","cancellation_reason":"abandoned"}""", "abandoned")]
    [DataRow("invoice.voided", """{"id":"in_1"}""", "voided")]
    [DataRow("charge.expired", """{"id":"ch_1"}""", "authorisation_expired")]
    public void Read_CancelledAtStripe_IsACancellation(string type, string body, string reason) =>
        Assert.AreEqual(reason, ((CancelReported)Read(type, body).Facts.Single()).Reason);

    [TestMethod]
    public void Read_ChargeRefundedWithList_TellsEachRefund()
    {
        var told = Read("charge.refunded", """
            {"id":"ch_1","amount":100,"amount_refunded":60,"currency":"usd","refunds":{"data":[{"id":"re_1","amount":20,"status":"succeeded"},{"id":"re_2","amount":40,"status":"pending"}]}}
            """);
        var refunds = told.Facts.Cast<RefundReported>().ToArray();
        CollectionAssert.AreEqual(new[] { "re_1", "re_2" }, refunds.Select(refund => refund.RefundId).ToArray());
        CollectionAssert.AreEqual(new[] { "succeeded", "pending" }, refunds.Select(refund => refund.Status).ToArray());
        Assert.AreNotEqual(refunds[0].SourceEvent, refunds[1].SourceEvent, "A fact is applied once by its source.");
    }

    [TestMethod]
    public void Read_ChargeRefundedOfNewerApi_TellsTheSum()
    {
        var refund = (RefundReported)Read("charge.refunded", """{"id":"ch_1","amount":100,"amount_captured":100,"amount_refunded":60,"currency":"usd"}""").Facts.Single();
        Assert.AreEqual((true, 60L, "ch_1"), (refund.IsTotal, refund.AmountMinor, refund.ChargeId));
    }

    [TestMethod]
    public void Read_ChargeRefundedAfterPartialCapture_LeavesOutWhatWasOnlyReleased()
    {
        var refund = (RefundReported)Read("charge.refunded", """
            {"id":"ch_1","amount":100,"amount_captured":70,"amount_refunded":50,"currency":"usd","refunds":{"data":[{"id":"re_1","amount":30},{"id":"re_2","amount":20}]}}
            """).Facts.Single();
        Assert.AreEqual((true, 20L), (refund.IsTotal, refund.AmountMinor));
    }

    [TestMethod]
    [DataRow("refund.failed", "failed", "failed")]
    [DataRow("refund.created", "requires_action", "pending")]
    [DataRow("charge.refund.updated", "canceled", "failed")]
    [DataRow("refund.updated", "succeeded", "succeeded")]
    public void Read_Refund_TellsItsStatus(string type, string status, string expected) =>
        Assert.AreEqual(expected, ((RefundReported)Read(type, $$"""{"id":"re_1","amount":20,"currency":"usd","charge":"ch_1","status":"{{status}}"}""").Facts.Single()).Status);

    [TestMethod]
    [DataRow("warning_needs_response", "needs_response")]
    [DataRow("under_review", "under_review")]
    [DataRow("warning_closed", "won")]
    [DataRow("lost", "lost")]
    public void Read_Dispute_TellsItsStatus(string status, string expected)
    {
        var fact = (DisputeReported)Read("charge.dispute.updated", $$"""{"id":"dp_1","amount":20,"currency":"usd","charge":"ch_1","status":"{{status}}","evidence_details":{"due_by":1800000000} }""").Facts.Single();
        Assert.AreEqual((expected, DateTimeOffset.FromUnixTimeSeconds(1_800_000_000)), (fact.Status, fact.EvidenceDueAt));
    }

    [TestMethod]
    public void Read_DisputeWithoutId_IsThatOfItsCharge() =>
        Assert.AreEqual("dp_of_ch_1", ((DisputeReported)Read("charge.dispute.closed", """{"charge":"ch_1","amount":20,"currency":"usd","status":"won"}""").Facts.Single()).DisputeId);

    [TestMethod]
    [DataRow("charge.failed", """{"id":"ch_9","amount":1,"currency":"usd","metadata":{"recoup_idempotency_key":"pay_0123456789ABCDEFGHJKMNPQRS:3"}}""")]
    [DataRow("payment_intent.succeeded", """{"id":"pi_9","amount":1,"currency":"usd","metadata":{"recoup_idempotency_key":"pay_0123456789ABCDEFGHJKMNPQRS:3"}}""")]
    [DataRow("refund.created", """{"id":"re_9","charge":"ch_9","amount":1,"currency":"usd","metadata":{"recoup_idempotency_key":"pay_0123456789ABCDEFGHJKMNPQRS:refund:1"}}""")]
    public void Read_OurOwnKey_NamesThePayment(string type, string body) => Assert.AreEqual(OwnPayment, Read(type, body).OwnPaymentId);

    [TestMethod]
    [DataRow("pay_0123456789ABCDEFGHJKMNPQRS")]
    [DataRow("pay_0123456789ABCDEFGHJKMNPQRS:x")]
    [DataRow("order 17")]
    public void Read_SomebodyElsesKey_NamesNone(string key)
    {
        var told = Read("charge.failed", $$"""{"id":"ch_9","amount":1,"currency":"usd","metadata":{"recoup_idempotency_key":"{{key}}"} }""");
        Assert.IsNull(told.OwnPaymentId);
        Assert.IsNull(((ChargeReported)told.Facts.Single()).IdempotencyKey);
    }

    [TestMethod]
    [DataRow("""{"id":"ch_1","amount":20.5,"currency":"usd"}""", "data.object.amount")]
    [DataRow("""{"id":"ch_1","amount":-1,"currency":"usd"}""", "data.object.amount")]
    [DataRow("""{"id":"ch_1","amount":100000001,"currency":"usd"}""", "data.object.amount")]
    [DataRow("""{"id":"ch_1","amount":1,"currency":"xts"}""", "data.object.currency")]
    public void Read_MoneyThatCannotBe_IsAFaultOfItsField(string body, string field)
    {
        var told = Read("charge.failed", body);
        Assert.AreEqual(field, told.Faults.Single().Field);
        Assert.IsEmpty(told.Facts);
    }

    [TestMethod]
    public void Read_Subscription_OfOldAndNewApi()
    {
        var old = Read("customer.subscription.updated", """
            {"id":"sub_1","customer":"cus_1","status":"unpaid","current_period_end":1800000000,"plan":{"id":"plan_1","amount":700,"currency":"eur","interval":"year","interval_count":1},"quantity":2}
            """);
        Assert.AreEqual(("cus_1", "past_due", 1400L, "EUR", "year"), (old.CustomerId, old.Subscription!.Status, old.Subscription.AmountMinor, old.Subscription.Currency, old.Subscription.Interval));
        var recent = Read("customer.subscription.deleted", """
            {"id":"sub_1","customer":{"id":"cus_1"},"currency":"usd","status":"active","items":{"data":[
              {"current_period_end":1800000000,"quantity":2,"price":{"id":"price_1","currency":"usd","unit_amount":500,"recurring":{"interval":"month","interval_count":3}}},
              {"quantity":1,"price":{"id":"price_2","currency":"usd","unit_amount":250}}]}}
            """).Subscription!;
        Assert.AreEqual(("canceled", 1250L, "month", 3, "price_1"), (recent.Status, recent.AmountMinor, recent.Interval, recent.IntervalCount, recent.PlanId));
        Assert.AreEqual(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000), recent.CurrentPeriodEndAt);
    }

    [TestMethod]
    public void Read_UnknownType_IsKept()
    {
        var told = Read("payout.paid", """{"id":"po_1","amount":7,"currency":"xts"}""");
        Assert.IsEmpty(told.Facts);
        Assert.IsEmpty(told.Aliases);
        Assert.IsNotNull(told.Note);
    }

    private static ChargeReported Charge(string type, string body) => (ChargeReported)Read(type, body).Facts.Single();

    private static ProviderEvent Read(string type, string body) => WebhookCluster.Read(WebhookCluster.Event(
        ProviderEvents.Stripe, $$$"""{"id":"evt_1","object":"event","created":1800000000,"type":"{{{type}}}","data":{"object":{{{body}}} } }"""));
}
