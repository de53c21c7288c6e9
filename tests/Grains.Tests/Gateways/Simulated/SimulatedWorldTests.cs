using Recoup.Gateways;
using Recoup.Gateways.Simulated.World;

namespace Recoup.Grains.Tests.Gateways.Simulated;

[TestClass]
public sealed class SimulatedWorldTests
{
    private const int Orders = 12_000;

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Answer_ManyOrdersOverAMonth_DeclinesAboutATenth(int seed)
    {
        using var fixture = new GatewayFixture(seed);
        var declines = FirstAnswers(fixture).Count(answer => answer.Codes is not null);

        Assert.IsInRange(0.08, 0.12, declines / (double)Orders);
    }

    [TestMethod]
    public void Answer_ManyDeclines_HaveCodesInRealisticProportion()
    {
        using var fixture = new GatewayFixture();
        var declined = FirstAnswers(fixture).Where(answer => answer.Codes is not null).ToList();
        var byFailure = declined.CountBy(answer => answer.Codes!.FailureCode).OrderByDescending(pair => pair.Value).Select(pair => pair.Key).ToList();

        Assert.AreSequenceEqual((string[])["insufficient_funds", "card_declined", "expired_card"], byFailure.Take(3));
        Assert.IsGreaterThanOrEqualTo(10, byFailure.Count);
        Assert.IsTrue(declined.All(answer => answer.Codes!.NetworkCode is { Length: 2 }));
        Assert.IsTrue(declined.All(answer => answer.Codes!.AdviceCode is null || answer.Request.CardNetwork == "mastercard"));
        Assert.Contains(answer => answer.Codes!.AdviceCode is "25" or "26" or "27", declined);
    }

    [TestMethod]
    public void Answer_InsufficientFunds_MostlyWorksAfterPayday()
    {
        using var fixture = new GatewayFixture();
        var recovered = Outcomes(fixture, "insufficient_funds", (request, at) =>
        {
            var payday = fixture.World.Customer(request.CustomerId).Payday.Around(at).Next;
            return fixture.AnswerTo(Retry(request), payday.AddHours(5));
        });

        Assert.IsGreaterThan(0.85, recovered);
    }

    [TestMethod]
    public void Answer_Unexplained_SometimesWorksTwoDaysLater()
    {
        using var fixture = new GatewayFixture();
        var recovered = Outcomes(fixture, "card_declined", (request, at) => fixture.AnswerTo(Retry(request), at.AddDays(2)));

        Assert.IsInRange(0.4, 0.85, recovered);
    }

    [TestMethod]
    [DataRow("lost_card")]
    [DataRow("stolen_card")]
    [DataRow("invalid_account")]
    public void Answer_ADeadCard_NeverWorksUntilItIsReplaced(string failureCode)
    {
        using var fixture = new GatewayFixture();
        var retried = Outcomes(fixture, failureCode, (request, at) => fixture.AnswerTo(Retry(request), at.AddDays(30)));
        var replaced = Outcomes(
            fixture, failureCode, (request, at) => fixture.AnswerTo(Retry(request), at.AddDays(1), CustomerDeeds.None with { CardUpdatedAt = at }));

        Assert.AreEqual(0.0, retried);
        Assert.IsGreaterThan(0.6, replaced);
    }

    [TestMethod]
    public void Answer_AnExpiredCard_WorksOnceItIsUpdated()
    {
        using var fixture = new GatewayFixture();
        var retried = Outcomes(fixture, "expired_card", (request, at) => fixture.AnswerTo(Retry(request), at.AddHours(6)));
        var updated = Outcomes(
            fixture, "expired_card", (request, at) => fixture.AnswerTo(Retry(request), at.AddHours(6), CustomerDeeds.None with { CardUpdatedAt = at }));

        Assert.IsLessThan(0.2, retried);
        Assert.IsGreaterThan(0.75, updated);
    }

    [TestMethod]
    public void Answer_AnIssuersOutage_Ends()
    {
        using var fixture = new GatewayFixture();
        var recovered = Outcomes(fixture, "issuer_not_available", (request, at) => fixture.AnswerTo(Retry(request), at.AddHours(9)));

        Assert.IsGreaterThan(0.8, recovered);
    }

    [TestMethod]
    public void Answer_SameSeed_IsTheSameInAnyOrderOfCalls()
    {
        using var one = new GatewayFixture(seed: 4);
        using var other = new GatewayFixture(seed: 4);
        using var another = new GatewayFixture(seed: 5);

        var forwards = FirstAnswers(one).Take(2_000).Select(answer => answer.Codes).ToList();
        var backwards = Enumerable.Range(0, 2_000).Reverse().Select(number => other.AnswerTo(other.RequestOf(number), TimeOf(other, number))).Reverse().ToList();

        Assert.AreSequenceEqual(forwards, backwards);
        Assert.AreNotEqual(one.RequestOf(3), another.RequestOf(3));
    }

    [TestMethod]
    public void Order_StolenCards_AreAboutTwoInAHundred()
    {
        using var fixture = new GatewayFixture();
        var suspicious = Enumerable.Range(0, Orders).Select(number => fixture.Orders.Order(number, fixture.Clock.UtcNow))
            .Where(order => order.Payment.CardCountry != order.Payment.BillingCountry).ToList();

        Assert.IsInRange(0.015, 0.025, suspicious.Count / (double)Orders);
        Assert.IsTrue(suspicious.All(order => order.Payment.AmountMinor >= 350_000 && order.Provider == "recoup"));
        Assert.IsTrue(suspicious.CountBy(order => order.Payment.CustomerId).All(pair => pair.Value == 4));
    }

    [TestMethod]
    public void Order_Providers_AFifthEachAtStripeAndSquare()
    {
        using var fixture = new GatewayFixture();
        var shares = Enumerable.Range(0, Orders).CountBy(number => fixture.Orders.Order(number, fixture.Clock.UtcNow).Provider)
            .ToDictionary(pair => pair.Key, pair => pair.Value / (double)Orders);

        Assert.IsInRange(0.18, 0.22, shares["stripe"]);
        Assert.IsInRange(0.18, 0.22, shares["square"]);
    }

    /// <summary>Of the orders that are declined so at first, the share that a second try collects.</summary>
    private static double Outcomes(GatewayFixture fixture, string failureCode, Func<ChargeRequest, DateTimeOffset, DeclineCodes?> retry)
    {
        var retried = FirstAnswers(fixture).Where(answer => answer.Codes?.FailureCode == failureCode)
            .Select(answer => retry(answer.Request, answer.At)).ToList();
        Assert.IsGreaterThanOrEqualTo(10, retried.Count);
        return retried.Count(codes => codes is null) / (double)retried.Count;
    }

    private static ChargeRequest Retry(ChargeRequest request) => request with { IdempotencyKey = $"{request.PaymentId}:2", Attempt = 2 };

    private static IEnumerable<(ChargeRequest Request, DateTimeOffset At, DeclineCodes? Codes)> FirstAnswers(GatewayFixture fixture)
    {
        for (var number = 0; number < Orders; number++)
        {
            var (request, at) = (fixture.RequestOf(number), TimeOf(fixture, number));
            yield return (request, at, fixture.AnswerTo(request, at));
        }
    }

    private static DateTimeOffset TimeOf(GatewayFixture fixture, int number) => fixture.Clock.UtcNow.AddMinutes(number * 3.6);
}
