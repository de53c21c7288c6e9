using Recoup.Gateways.Simulated.World;

namespace Recoup.Grains.Tests.Gateways.Simulated;

[TestClass]
public sealed class SimulatedWorldTests
{
    private const int Orders = 12_000;

    [TestMethod]
    public void Answer_ManyOrdersOverAMonth_DeclinesAboutATenth()
    {
        foreach (var seed in (int[])[1, 2, 3])
        {
            using var fixture = new GatewayFixture(seed);
            var declines = FirstAnswers(fixture).Count(answer => answer is not null);

            Assert.IsInRange(0.08, 0.12, declines / (double)Orders, $"seed {seed}");
        }
    }

    [TestMethod]
    public void Answer_ManyDeclines_InsufficientFundsLead()
    {
        using var fixture = new GatewayFixture();
        var codes = FirstAnswers(fixture).OfType<DeclineCodes>().CountBy(codes => codes.FailureCode).OrderByDescending(pair => pair.Value).ToList();

        Console.WriteLine(string.Join(", ", codes.Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.AreEqual("insufficient_funds", codes[0].Key);
        Assert.AreEqual("card_declined", codes[1].Key);
        Assert.IsGreaterThanOrEqualTo(10, codes.Count);
    }

    [TestMethod]
    public void Orders_Raids_AreAboutTwoInAHundred()
    {
        using var fixture = new GatewayFixture();
        var raided = Enumerable.Range(0, Orders).Select(number => fixture.Orders.Order(number, fixture.Clock.UtcNow))
            .Where(order => order.Payment.CardCountry != order.Payment.BillingCountry).ToList();

        Assert.IsInRange(0.015, 0.025, raided.Count / (double)Orders);
        Assert.IsTrue(raided.All(order => order.Payment.AmountMinor >= 350_000));
    }

    private static IEnumerable<DeclineCodes?> FirstAnswers(GatewayFixture fixture) => Enumerable.Range(0, Orders)
        .Select(number => fixture.AnswerTo(fixture.RequestOf(number), fixture.Clock.UtcNow + TimeSpan.FromMinutes(number * 3.6)));
}
