using Recoup.Cards;
using Recoup.Grains.Tests.Clusters;
using Recoup.Payments;

namespace Recoup.Grains.Tests.Cards;

[TestClass]
public sealed class CardGrainTests
{
    private static readonly DateTimeOffset At = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public async Task ReserveAsync_FirstAttemptsOfACleanCard_WriteNothing()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var card = cluster.Grains.GetGrain<ICardGrain>("card_1");

        for (var payment = 1; payment <= 20; payment++)
        {
            Assert.IsTrue((await card.ReserveAsync(Reservation($"pay_{payment}", 1))).Granted);
            await card.ReportAsync(Report($"pay_{payment}", 1, succeeded: true));
        }

        Assert.AreEqual(0, cluster.Storage.Writes);
    }

    [TestMethod]
    public async Task ReserveAsync_MoreThanThreeUnsaved_AreSaved()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var card = cluster.Grains.GetGrain<ICardGrain>("card_1");

        for (var payment = 1; payment <= 4; payment++)
        {
            await card.ReserveAsync(Reservation($"pay_{payment}", 1));
        }

        Assert.AreEqual(1, cluster.Storage.Writes);
        Assert.AreEqual("pay_4", cluster.Storage.Stored<CardState>("card_1")!.Merchant("mer_1").Attempts.Single().PaymentId);
    }

    [TestMethod]
    public async Task ReserveAsync_Repeated_CountsOnce()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var card = cluster.Grains.GetGrain<ICardGrain>("card_1");
        await card.ReportAsync(Report("pay_1", 1, succeeded: false));

        for (var time = 1; time <= 30; time++)
        {
            Assert.IsTrue((await card.ReserveAsync(Reservation("pay_1", 2))).Granted);
        }

        await cluster.ForgetAsync();
        Assert.IsTrue((await card.ReserveAsync(Reservation("pay_1", 2))).Granted);
        Assert.AreEqual(2, cluster.Storage.Writes);
        Assert.AreEqual(1, (await card.GetAsync()).Budgets.Single(budget => budget.RuleId == "visa.reattempts_30d").Used);
    }

    [TestMethod]
    public async Task ReserveAsync_AfterAHardDecline_IsDeniedAlsoAfterACrash()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var card = cluster.Grains.GetGrain<ICardGrain>("card_1");
        await card.ReserveAsync(Reservation("pay_1", 1));
        await card.ReportAsync(Report("pay_1", 1, succeeded: false) with { NetworkCode = "41" });
        await cluster.ForgetAsync();

        var answer = await card.ReserveAsync(Reservation("pay_1", 2));

        Assert.AreEqual((false, "visa.category_1", "2026-04-18", null), (answer.Granted, answer.RuleId, answer.RulePack, answer.EarliestAt));
    }

    [TestMethod]
    public async Task ReportAsync_Repeated_WritesOnce()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var card = cluster.Grains.GetGrain<ICardGrain>("card_1");

        await card.ReportAsync(Report("pay_1", 1, succeeded: false));
        await card.ReportAsync(Report("pay_1", 1, succeeded: false));

        Assert.AreEqual(1, cluster.Storage.Writes);
    }

    [TestMethod]
    public async Task ReserveAsync_WriteFails_GrantsAndCountsNothing()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var card = cluster.Grains.GetGrain<ICardGrain>("card_1");
        await card.ReportAsync(Report("pay_1", 1, succeeded: false));
        cluster.Storage.Failures = 1;

        await Assert.ThrowsExactlyAsync<OrleansException>(() => card.ReserveAsync(Reservation("pay_1", 2)));

        Assert.AreEqual(0, (await card.GetAsync()).Budgets.Single(budget => budget.RuleId == "visa.reattempts_30d").Used);
    }

    [TestMethod]
    public async Task UpdatedAsync_WaitingPayments_AreCalledOnce()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var card = cluster.Grains.GetGrain<ICardGrain>("card_1");
        await card.AwaitUpdateAsync("pay_1");
        await card.AwaitUpdateAsync("pay_2");
        await card.AwaitUpdateAsync("pay_1");
        await cluster.ForgetAsync();

        await card.UpdatedAsync();

        await Eventually.HoldsAsync(() => Task.FromResult(cluster.Storage.Stored<CardState>("card_1")!.CallsDue.Count == 0), "all were called");
        CollectionAssert.AreEquivalent(new[] { ("pay_1", "card_1"), ("pay_2", "card_1") }, cluster.Payments.CardUpdates);
        Assert.IsNull(cluster.Storage.Stored<CardState>("card_1")!.AttentionAt);
        Assert.IsEmpty((await card.GetAsync()).WaitingPayments);
    }

    [TestMethod]
    public async Task UpdatedAsync_PaymentCannotBeReached_StaysDueUntilItIs()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var card = cluster.Grains.GetGrain<ICardGrain>("card_1");
        await card.AwaitUpdateAsync("pay_1");
        cluster.Payments.Failures = 1;

        await card.UpdatedAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(cluster.Storage.Writes == 3), "the failed call was noted");
        await cluster.ForgetAsync();
        Assert.IsNotNull(cluster.Storage.Stored<CardState>("card_1")!.AttentionAt, "the sweep must find the card");
        await card.ResumeAsync();

        await Eventually.HoldsAsync(() => Task.FromResult(cluster.Storage.Stored<CardState>("card_1")!.CallsDue.Count == 0), "the payment was called again");
        Assert.HasCount(2, cluster.Payments.CardUpdates);
    }

    private static AttemptReport Report(string paymentId, int attempt, bool succeeded) => new()
    {
        Attempt = Reservation(paymentId, attempt),
        Succeeded = succeeded,
        FailureCode = succeeded ? null : "insufficient_funds",
        NetworkCode = succeeded ? null : "51",
    };

    private static AttemptReservation Reservation(string paymentId, int attempt) => new()
    {
        PaymentId = paymentId,
        Attempt = attempt,
        MerchantId = "mer_1",
        CardNetwork = "visa",
        InitiatedBy = Initiator.Merchant,
        AmountMinor = 4999,
        Currency = "USD",
        At = At.AddMinutes(attempt),
    };
}
