using Recoup.Gateways;
using Recoup.Gateways.Simulated.Ledger;

namespace Recoup.Grains.Tests.Gateways.Simulated;

[TestClass]
public sealed class FaultInjectorTests
{
    [TestMethod]
    public async Task ChargeAsync_TimeoutAfter_MovesMoneyAndLosesTheAnswer()
    {
        using var fixture = new GatewayFixture(faults: "timeout_after=0.5");
        var lost = 0;
        for (var number = 0; number < 50; number++)
        {
            lost += await IsLostAsync(() => fixture.ChargeOrderAsync(number)) ? 1 : 0;
        }

        var audit = LedgerAuditor.Audit(fixture.Ledger);
        Assert.AreEqual(50, audit.Charges + audit.Declines);
        Assert.IsInRange(10, 40, lost);
    }

    [TestMethod]
    public async Task ChargeAsync_429_MovesNothingAndSaysWhenToComeBack()
    {
        using var fixture = new GatewayFixture(faults: "429=1");

        var failure = await Assert.ThrowsExactlyAsync<GatewayException>(() => fixture.ChargeOrderAsync(0));

        Assert.IsNotNull(failure.RetryAfter);
        Assert.AreEqual(0, LedgerAuditor.Audit(fixture.Ledger).Charges);
    }

    [TestMethod]
    public async Task ChargeAsync_RepeatedUntilItAnswers_MovesMoneyOnce()
    {
        using var fixture = new GatewayFixture(faults: "timeout_after=0.3,429=0.2,5xx=0.3");
        for (var number = 0; number < 100; number++)
        {
            var order = number;
            while (await IsLostAsync(() => fixture.ChargeOrderAsync(order)))
            {
            }
        }

        var audit = LedgerAuditor.Audit(fixture.Ledger);
        Assert.AreEqual(100, audit.Charges + audit.Declines);
        Assert.IsEmpty(audit.ChargedTwice);
    }

    [TestMethod]
    public async Task ChargeAsync_SameSeed_TheSameCallsAreHit()
    {
        Assert.AreSequenceEqual(await HitsAsync(backwards: false), await HitsAsync(backwards: true));
    }

    private static async Task<List<bool>> HitsAsync(bool backwards)
    {
        using var fixture = new GatewayFixture(faults: "5xx=0.3");
        var hits = new bool[40];
        foreach (var number in backwards ? Enumerable.Range(0, 40).Reverse() : Enumerable.Range(0, 40))
        {
            hits[number] = await IsLostAsync(() => fixture.ChargeOrderAsync(number));
        }

        return [.. hits];
    }

    private static async Task<bool> IsLostAsync(Func<Task> call)
    {
        try
        {
            await call();
            return false;
        }
        catch (GatewayException)
        {
            return true;
        }
    }
}
