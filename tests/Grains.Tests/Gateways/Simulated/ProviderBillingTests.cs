using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Recoup.Gateways;
using Recoup.Gateways.Simulated.Billing;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Payments;
using Stripe;

namespace Recoup.Grains.Tests.Gateways.Simulated;

[TestClass]
public sealed class ProviderBillingTests
{
    [TestMethod]
    public async Task Bill_AtStripe_SendsEventsThatStripesOwnLibraryAccepts()
    {
        using var fixture = new GatewayFixture();
        var number = fixture.OrderOf("stripe", order => order.Subscription is not null);
        await fixture.BillAsync(number);

        var deliveries = await DeliveriesAsync(fixture);

        var events = deliveries.Select(delivery => EventUtility.ConstructEvent(
            delivery.Body,
            delivery.Headers["Stripe-Signature"],
            "whsec_test",
            tolerance: 300,
            utcNow: fixture.Time.GetUtcNow().ToUnixTimeSeconds(),
            throwOnApiVersionMismatch: false)).ToList();
        var charge = (Charge)events.Single(one => one.Type.StartsWith("charge.", StringComparison.Ordinal)).Data.Object;
        var order = fixture.Orders.Order(number, fixture.Clock.UtcNow);
        Assert.AreEqual(order.Payment.AmountMinor, charge.Amount);
        Assert.AreEqual(order.Payment.CustomerId, charge.CustomerId);
        Assert.HasCount(4, charge.PaymentMethodDetails.Card.Last4);
        Assert.AreEqual("card", charge.PaymentMethodDetails.Type);
        Assert.AreEqual(charge.PaymentIntentId, ((PaymentIntent)events.Single(one => one.Type.StartsWith("payment_intent.", StringComparison.Ordinal)).Data.Object).Id);
        Assert.Contains(one => one.Type == "customer.subscription.created", events);
        Assert.Contains(one => one.Type.StartsWith("invoice.", StringComparison.Ordinal), events);
    }

    [TestMethod]
    public async Task Bill_AtSquare_SignsUrlAndBody()
    {
        using var fixture = new GatewayFixture();
        await fixture.BillAsync(fixture.OrderOf("square"));

        var delivery = (await DeliveriesAsync(fixture)).Single();

        var signed = Encoding.UTF8.GetBytes("http://127.0.0.1:8080/webhooks/square" + delivery.Body);
        var expected = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes("square-key"), signed));
        Assert.AreEqual(expected, delivery.Headers["x-square-hmacsha256-signature"]);
        Assert.AreEqual("http://127.0.0.1:8080/webhooks/square", delivery.Address.ToString());
        using var body = JsonDocument.Parse(delivery.Body);
        Assert.AreEqual("payment.updated", body.RootElement.GetProperty("type").GetString());
        var card = body.RootElement.GetProperty("data").GetProperty("object").GetProperty("payment").GetProperty("card_details").GetProperty("card");
        Assert.HasCount(4, card.GetProperty("last_4").GetString()!);
    }

    [TestMethod]
    public async Task Bill_Repeated_ChargesOnce()
    {
        using var fixture = new GatewayFixture();
        var number = fixture.OrderOf("stripe");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => fixture.BillAsync(number)));

        var audit = LedgerAuditor.Audit(fixture.Ledger);

        Assert.AreEqual(1, audit.Charges + audit.Declines);
        Assert.IsNotNull(await fixture.Ledger.WriteAsync(book => book.Find($"stripe:order-1-{number}")));
    }

    [TestMethod]
    [DataRow("stripe")]
    [DataRow("square")]
    public async Task ChargeAsync_OnAProvidersPayment_IsToldWithOurKey(string provider)
    {
        using var fixture = new GatewayFixture();
        var number = fixture.OrderOf(provider);
        var bill = ProviderBill.Of(fixture.Orders.Order(number, fixture.Clock.UtcNow), fixture.World);
        await fixture.BillAsync(number);
        await DeliveriesAsync(fixture);

        // Recoup named the payment after the first id that it heard of: here the charge's.
        var first = (await fixture.Ledger.WriteAsync(book => book.Find(bill.FirstChargeKey)))!;
        var paymentId = PaymentIds.PaymentId(bill.MerchantId, bill.Aliases(first.ChargeId)[1]);
        var request = fixture.RequestOf(number, attempt: 2) with { Provider = provider, PaymentId = paymentId, IdempotencyKey = $"{paymentId}:2" };
        var answer = await fixture.Gateway.ChargeAsync(request, default);
        var told = (await DeliveriesAsync(fixture)).Where(delivery => delivery.Body.Contains(answer.ChargeId, StringComparison.Ordinal)).ToList();

        Assert.IsNotEmpty(told);
        foreach (var delivery in told)
        {
            Assert.Contains($"{paymentId}:2", delivery.Body);
            Assert.Contains(bill.Reference, delivery.Body);
        }
    }

    [TestMethod]
    public async Task Audit_AProvidersPaymentChargedAgainUnderAnotherName_IsFoundByItsReference()
    {
        using var fixture = new GatewayFixture();
        var number = fixture.OrderOf("stripe");
        while (fixture.AnswerTo(fixture.RequestOf(number), fixture.Clock.UtcNow) is not null)
        {
            number = fixture.OrderOf("stripe", from: number + 1);
        }

        var bill = ProviderBill.Of(fixture.Orders.Order(number, fixture.Clock.UtcNow), fixture.World);
        await fixture.BillAsync(number);
        var first = (await fixture.Ledger.WriteAsync(book => book.Find(bill.FirstChargeKey)))!;
        Assert.IsTrue(first.Succeeded);
        Assert.IsEmpty(LedgerAuditor.Audit(fixture.Ledger).ChargedTwice);

        var paymentId = PaymentIds.PaymentId(bill.MerchantId, bill.Aliases(first.ChargeId)[1]);
        var second = await fixture.Gateway.ChargeAsync(
            fixture.RequestOf(number, attempt: 2) with { Provider = "stripe", PaymentId = paymentId, IdempotencyKey = $"{paymentId}:2" }, default);

        Assert.IsTrue(second.Succeeded);
        Assert.AreSequenceEqual((string[])[bill.Reference], LedgerAuditor.Audit(fixture.Ledger).ChargedTwice);

        await fixture.Gateway.RefundAsync(
            new RefundRequest
            {
                IdempotencyKey = $"{paymentId}:refund:1",
                Provider = "stripe",
                PaymentId = paymentId,
                ChargeId = second.ChargeId,
                AmountMinor = bill.AmountMinor,
                Currency = bill.Currency,
                Reason = "duplicate",
            },
            default);

        Assert.IsEmpty(LedgerAuditor.Audit(fixture.Ledger).ChargedTwice);
    }

    [TestMethod]
    public async Task Bill_ManyOrders_SomeEventsComeTwiceAndNoneLooksLikeACardNumber()
    {
        using var fixture = new GatewayFixture();
        for (var number = 0L; number < 300; number++)
        {
            if (fixture.Orders.Order(number, fixture.Clock.UtcNow).Provider != "recoup")
            {
                await fixture.BillAsync(number);
            }
        }

        fixture.Clock.UtcNow += TimeSpan.FromHours(2);
        var bodies = (await DeliveriesAsync(fixture)).Select(delivery => delivery.Body).ToList();

        Assert.IsLessThan(bodies.Count, bodies.Distinct().Count());
        Assert.DoesNotContain(body => Recoup.Intake.CardNumbers.Contains(body), bodies);
    }

    private static async Task<IReadOnlyCollection<Delivery>> DeliveriesAsync(GatewayFixture fixture)
    {
        fixture.Clock.UtcNow += TimeSpan.FromSeconds(5);
        await fixture.RunAgendaAsync();
        return fixture.Receiver.Deliveries;
    }
}
