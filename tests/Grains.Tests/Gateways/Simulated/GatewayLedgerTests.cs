using Recoup.Gateways.Simulated.Ledger;

namespace Recoup.Grains.Tests.Gateways.Simulated;

[TestClass]
public sealed class GatewayLedgerTests
{
    [TestMethod]
    public async Task ChargeAsync_CrashAfterTheAnswer_IsStillInTheBooks()
    {
        using var fixture = new GatewayFixture();
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => fixture.ChargeOrderAsync(number)));

        using var restarted = fixture.AfterCrash();

        foreach (var (answer, number) in answers.Select((answer, number) => (answer, number)))
        {
            Assert.AreEqual(answer, await restarted.Gateway.FindChargeAsync("recoup", fixture.RequestOf(number).IdempotencyKey, default));
        }
    }

    [TestMethod]
    public void Open_WithoutSeed_KeepsTheFirstOne()
    {
        using var fixture = new GatewayFixture(seed: null);
        using var restarted = fixture.AfterCrash();

        Assert.AreEqual(fixture.Ledger.Seed, restarted.Ledger.Seed);
        Assert.AreEqual(fixture.RequestOf(17), restarted.RequestOf(17));
    }

    [TestMethod]
    public void Open_WithAnotherSeed_SaysWhichOneIsRight()
    {
        using var fixture = new GatewayFixture(seed: 5);

        var failure = Assert.ThrowsExactly<InvalidOperationException>(() => GatewayLedger.Open(fixture.Ledger.Path, seed: 7));

        Assert.Contains("Gateway__Seed is 7", failure.Message);
        Assert.Contains("use 5", failure.Message);
    }

    [TestMethod]
    public async Task WriteAsync_OneOfManyIsRefused_TheOthersAreCommitted()
    {
        using var fixture = new GatewayFixture();
        await fixture.ChargeOrderAsync(1);
        var calls = Enumerable.Range(1, 20)
            .Select(number => fixture.RequestOf(number))
            .Select(request => fixture.Gateway.ChargeAsync(request with { AmountMinor = request.AmountMinor + 1 }, default))
            .ToList();

        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => calls[0]);
        await Task.WhenAll(calls.Skip(1));

        var audit = LedgerAuditor.Audit(fixture.Ledger);
        Assert.AreEqual(20, audit.Charges + audit.Declines);
    }
}
