using Recoup.Payments;
using Recoup.Webhooks;

namespace Recoup.Grains.Tests.Webhooks;

/// <summary>What Square's events say.</summary>
[TestClass]
public sealed class SquareEventTests
{
    [TestMethod]
    public void Read_PaymentCompleted_TellsOneChargeOfItsOrder()
    {
        var told = Read("payment.updated", """
            {"id":"P1","order_id":"O1","status":"COMPLETED","customer_id":"C1","amount_money":{"amount":100,"currency":"JPY"},"total_money":{"amount":110,"currency":"JPY"},
             "card_details":{"entry_method":"ON_FILE","card":{"id":"ccof:1","card_brand":"AMERICAN_EXPRESS"}}}
            """);
        var fact = (ChargeReported)told.Facts.Single();
        Assert.AreEqual(("P1", true, 110L, "JPY", "C1", "ccof:1", "amex", Initiator.Merchant), (fact.ChargeId, fact.Succeeded, fact.Payment.AmountMinor,
            fact.Payment.Currency, fact.Payment.CustomerId, fact.Payment.CardId, fact.Payment.CardNetwork, fact.Payment.InitiatedBy));
        Assert.AreEqual("M1", told.MerchantId);
        CollectionAssert.AreEqual(new[] { "square:order:O1", "square:payment:P1" }, told.Aliases.ToArray());
    }

    [TestMethod]
    [DataRow("INSUFFICIENT_FUNDS", "insufficient_funds", "insufficient_funds")]
    [DataRow("CARD_EXPIRED", "expired_card", "expired_card")]
    [DataRow("CVV_FAILURE", "incorrect_cvc", "incorrect_cvc")]
    [DataRow("GENERIC_DECLINE", "card_declined", "generic_decline")]
    [DataRow("CARD_DECLINED_VERIFICATION_REQUIRED", "authentication_required", "authentication_required")]
    [DataRow("SOMETHING_NEW", "card_declined", "something_new")]
    public void Read_PaymentFailed_TellsRecoupsCode(string code, string failureCode, string declineCode)
    {
        var fact = (ChargeReported)Read("payment.updated", $$$"""
            {"id":"P1","status":"FAILED","amount_money":{"amount":100,"currency":"USD"},"card_details":{"errors":[{"code":"{{{code}}}"}]}}
            """).Facts.Single();
        Assert.AreEqual((false, failureCode, declineCode), (fact.Succeeded, fact.FailureCode, fact.DeclineCode));
    }

    [TestMethod]
    public void Read_PaymentApproved_HasNotEnded() =>
        Assert.IsEmpty(Read("payment.created", """{"id":"P1","order_id":"O1","status":"APPROVED","amount_money":{"amount":100,"currency":"USD"}}""").Facts);

    [TestMethod]
    public void Read_PaymentCancelled_IsACancellation() =>
        Assert.IsInstanceOfType<CancelReported>(Read("payment.updated", """{"id":"P1","status":"CANCELED"}""").Facts.Single());

    [TestMethod]
    public void Read_OurOwnReference_NamesThePaymentAndTheAttempt()
    {
        var told = Read("payment.updated", """
            {"id":"P9","status":"COMPLETED","reference_id":"pay_0123456789ABCDEFGHJKMNPQRS:3","amount_money":{"amount":100,"currency":"USD"}}
            """);
        Assert.AreEqual("pay_0123456789ABCDEFGHJKMNPQRS", told.OwnPaymentId);
        Assert.AreEqual("pay_0123456789ABCDEFGHJKMNPQRS:3", ((ChargeReported)told.Facts.Single()).IdempotencyKey);
    }

    [TestMethod]
    [DataRow("PENDING", "pending")]
    [DataRow("COMPLETED", "succeeded")]
    [DataRow("REJECTED", "failed")]
    public void Read_Refund_BelongsToItsPaymentNotToItsOwnOrder(string status, string expected)
    {
        var told = Read("refund.updated", $$$"""{"id":"R1","order_id":"O2","payment_id":"P1","status":"{{{status}}}","amount_money":{"amount":100,"currency":"USD"}}""");
        Assert.AreEqual(expected, ((RefundReported)told.Facts.Single()).Status);
        CollectionAssert.AreEqual(new[] { "square:payment:P1" }, told.Aliases.ToArray());
    }

    [TestMethod]
    [DataRow("""{"dispute_id":"D1","state":"LOST","disputed_payment":{"payment_id":"P1"},"amount_money":{"amount":100,"currency":"USD"}}""")]
    [DataRow("""{"id":"D1","state":"ACCEPTED","disputed_payments":[{"payment_id":"P1"}],"amount_money":{"amount":100,"currency":"USD"}}""")]
    public void Read_DisputeOfOldAndNewShape_TellsTheSame(string body)
    {
        var fact = (DisputeReported)Read("dispute.state.updated", body).Facts.Single();
        Assert.AreEqual(("D1", "P1", "lost"), (fact.DisputeId, fact.ChargeId, fact.Status));
    }

    [TestMethod]
    public void Read_Invoice_SharesTheOrderAndNamesNoCharge()
    {
        var failed = Read("invoice.scheduled_charge_failed", """
            {"id":"inv:1","order_id":"O1","next_payment_amount_money":{"amount":100,"currency":"USD"},"primary_recipient":{"customer_id":"C1"}}
            """);
        var paid = Read("invoice.payment_made", """
            {"id":"inv:1","order_id":"O1","status":"PAID","payment_requests":[{"total_completed_amount_money":{"amount":40,"currency":"USD"}},{"total_completed_amount_money":{"amount":60,"currency":"USD"}}]}
            """);
        var (decline, success) = ((ChargeReported)failed.Facts.Single(), (ChargeReported)paid.Facts.Single());
        Assert.AreEqual((false, 100L, (string?)null, "C1"), (decline.Succeeded, decline.Payment.AmountMinor, decline.ChargeId, decline.Payment.CustomerId));
        Assert.AreEqual((true, 100L, (string?)null), (success.Succeeded, success.Payment.AmountMinor, success.ChargeId));
        CollectionAssert.AreEqual(new[] { "square:order:O1", "square:invoice:inv:1" }, failed.Aliases.ToArray());
    }

    [TestMethod]
    public void Read_InvoicePaidInPart_IsStillOpen() =>
        Assert.IsEmpty(Read("invoice.payment_made", """{"id":"inv:1","order_id":"O1","status":"PARTIALLY_PAID","payment_requests":[{"total_completed_amount_money":{"amount":40,"currency":"USD"}}]}""").Facts);

    [TestMethod]
    public void Read_Subscription_HasAPriceOnlyWhereItIsOverridden()
    {
        var plain = Read("subscription.created", """{"id":"S1","customer_id":"C1","plan_variation_id":"V1","status":"PENDING"}""");
        Assert.AreEqual(("C1", 0L, "trialing", "V1"), (plain.CustomerId, plain.Subscription!.AmountMinor, plain.Subscription.Status, plain.Subscription.PlanId));
        Assert.AreEqual(300L, Read("subscription.updated", """{"id":"S1","price_override_money":{"amount":300,"currency":"GBP"}}""").Subscription!.AmountMinor);
    }

    private static ProviderEvent Read(string type, string body) => WebhookCluster.Read(WebhookCluster.Event(
        ProviderEvents.Square,
        $$$$"""{"event_id":"e1","merchant_id":"M1","type":"{{{{type}}}}","created_at":"2026-01-02T03:04:05Z","data":{"object":{"{{{{type.Split('.')[0]}}}}":{{{{body}}}} } } }"""));
}
