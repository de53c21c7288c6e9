using Recoup.Gateways;

namespace Recoup.Grains.Tests.Gateways.Simulated;

[TestClass]
public sealed class SimulatedGatewayTests
{
    [TestMethod]
    public async Task ChargeAsync_SameKeyAtOnce_MovesMoneyOnce()
    {
        using var fixture = new GatewayFixture();
        var request = fixture.RequestOf(fixture.OrderThat(decline => decline is null));

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => fixture.Gateway.ChargeAsync(request, default)));

        Assert.AreEqual(1, answers.Distinct().Count());
        Assert.AreEqual(1, Recoup.Gateways.Simulated.Ledger.LedgerAuditor.Audit(fixture.Ledger).Charges);
    }

    [TestMethod]
    public async Task ChargeAsync_SameKeyLater_AnswersAsTheFirstTime()
    {
        using var fixture = new GatewayFixture();
        var number = fixture.OrderThat(decline => decline?.FailureCode == "insufficient_funds");
        var first = await fixture.ChargeOrderAsync(number);

        fixture.Clock.UtcNow += TimeSpan.FromDays(40);

        Assert.AreEqual(first, await fixture.ChargeOrderAsync(number));
    }

    [TestMethod]
    public async Task ChargeAsync_SameKeyOtherAmount_Throws()
    {
        using var fixture = new GatewayFixture();
        var request = fixture.RequestOf(0);
        await fixture.Gateway.ChargeAsync(request, default);

        var failure = await Assert.ThrowsExactlyAsync<InvalidOperationException>(
            () => fixture.Gateway.ChargeAsync(request with { AmountMinor = request.AmountMinor + 1 }, default));

        Assert.Contains(request.IdempotencyKey, failure.Message);
    }

    [TestMethod]
    public async Task FindChargeAsync_KeyNeverSeen_IsNull()
    {
        using var fixture = new GatewayFixture();

        Assert.IsNull(await fixture.Gateway.FindChargeAsync("recoup", "pay_1:1", default));
    }

    [TestMethod]
    public async Task RefundAsync_MoreThanWasCharged_IsDeclined()
    {
        using var fixture = new GatewayFixture();
        var number = fixture.OrderThat(decline => decline is null);
        var charge = await fixture.ChargeOrderAsync(number);
        var amount = fixture.RequestOf(number).AmountMinor;

        var first = await fixture.Gateway.RefundAsync(Refund(fixture, number, charge, "r1", amount - 1), default);
        var tooMuch = await fixture.Gateway.RefundAsync(Refund(fixture, number, charge, "r2", 2), default);
        var again = await fixture.Gateway.RefundAsync(Refund(fixture, number, charge, "r1", amount - 1), default);
        var rest = await fixture.Gateway.RefundAsync(Refund(fixture, number, charge, "r3", 1), default);

        Assert.IsTrue(first.Succeeded);
        Assert.AreEqual(first, again);
        Assert.IsFalse(tooMuch.Succeeded);
        Assert.AreEqual("amount_exceeds_charge", tooMuch.FailureReason);
        Assert.IsTrue(rest.Succeeded);
    }

    [TestMethod]
    public async Task RefundAsync_OfADeclinedCharge_IsDeclined()
    {
        using var fixture = new GatewayFixture();
        var number = fixture.OrderThat(decline => decline is not null);
        var charge = await fixture.ChargeOrderAsync(number);

        var refund = await fixture.Gateway.RefundAsync(Refund(fixture, number, charge, "r1", 1), default);

        Assert.IsFalse(refund.Succeeded);
        Assert.AreEqual("charge_declined", refund.FailureReason);
    }

    private static RefundRequest Refund(GatewayFixture fixture, long number, GatewayCharge charge, string key, long amountMinor)
    {
        var request = fixture.RequestOf(number);
        return new RefundRequest
        {
            IdempotencyKey = key,
            Provider = "recoup",
            PaymentId = request.PaymentId,
            ChargeId = charge.ChargeId,
            AmountMinor = amountMinor,
            Currency = request.Currency,
            Reason = "requested_by_customer",
        };
    }
}
