using Recoup.Customers;
using Recoup.Grains.Tests.Clusters;

namespace Recoup.Grains.Tests.Customers;

[TestClass]
public sealed class CustomerGrainTests
{
    private static readonly DateTimeOffset At = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public async Task RecordAsync_Outcomes_MakeRateAndValue()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var customer = cluster.Grains.GetGrain<ICustomerGrain>("cus_1");

        await customer.RecordAsync(Outcome("pay_1", PaymentOutcomeKind.Declined, 1000));
        await customer.RecordAsync(Outcome("pay_1", PaymentOutcomeKind.Collected, 1000));
        await customer.RecordAsync(Outcome("pay_2", PaymentOutcomeKind.Collected, 500) with { Currency = "JPY" });
        await customer.RecordAsync(Outcome("pay_3", PaymentOutcomeKind.Failed, 700));
        await customer.RecordAsync(Outcome("pay_1", PaymentOutcomeKind.Refunded, 300));
        await cluster.ForgetAsync();

        var view = await customer.GetAsync();
        Assert.AreEqual((3, 2, 2.0 / 3), (view.Payments, view.Collected, view.SuccessRate!.Value));
        Assert.AreEqual((700L, 500L), (view.LifetimeValueMinor["USD"], view.LifetimeValueMinor["JPY"]));
        Assert.AreEqual(PaymentOutcomeKind.Refunded, view.History[0].Kind);
        Assert.HasCount(5, view.History);
        Assert.AreEqual(700, (await customer.GetRecoveryFactsAsync("USD")).Customer.LifetimeValueMinor);
    }

    [TestMethod]
    public async Task RecordAsync_Repeated_CountsAndWritesOnce()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var customer = cluster.Grains.GetGrain<ICustomerGrain>("cus_1");

        await customer.RecordAsync(Outcome("pay_1", PaymentOutcomeKind.Collected, 1000));
        await cluster.ForgetAsync();
        await customer.RecordAsync(Outcome("pay_1", PaymentOutcomeKind.Collected, 1000));

        Assert.AreEqual((1, 1000L), (cluster.Storage.Writes, (await customer.GetAsync()).LifetimeValueMinor["USD"]));
    }

    [TestMethod]
    public async Task RecordAsync_FailedThenCollected_IsOnePayment()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var customer = cluster.Grains.GetGrain<ICustomerGrain>("cus_1");

        await customer.RecordAsync(Outcome("pay_1", PaymentOutcomeKind.Failed, 1000));
        await customer.RecordAsync(Outcome("pay_1", PaymentOutcomeKind.Collected, 1000));

        Assert.AreEqual((1, 1), ((await customer.GetAsync()).Payments, (await customer.GetAsync()).Collected));
    }

    [TestMethod]
    public async Task RecordAsync_DuringAWrite_ShareTheNextOne()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var customer = cluster.Grains.GetGrain<ICustomerGrain>("cus_1");
        cluster.Storage.Close();
        var recorded = Enumerable.Range(1, 50).Select(n => customer.RecordAsync(Outcome($"pay_{n}", PaymentOutcomeKind.Collected, 1))).ToArray();
        // Answered behind all of them, and from what is on disk: nothing.
        Assert.AreEqual(0, (await customer.GetAsync()).Payments);

        cluster.Storage.Open();
        await Task.WhenAll(recorded);

        // Two, unless a call was on its way for longer than the gate was shut.
        Assert.AreEqual(50, (await customer.GetAsync()).Payments);
        Assert.IsLessThan(10, cluster.Storage.Writes);
    }

    [TestMethod]
    public async Task RecordAsync_WriteFails_NothingIsCounted()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var customer = cluster.Grains.GetGrain<ICustomerGrain>("cus_1");
        cluster.Storage.Failures = 1;

        await Assert.ThrowsExactlyAsync<OrleansException>(() => customer.RecordAsync(Outcome("pay_1", PaymentOutcomeKind.Collected, 1000)));
        Assert.AreEqual(0, (await customer.GetAsync()).Payments);

        await customer.RecordAsync(Outcome("pay_1", PaymentOutcomeKind.Collected, 1000));
        Assert.AreEqual(1, (await customer.GetAsync()).Payments);
    }

    [TestMethod]
    public async Task RecordAsync_ManyOutcomes_KeepsTheNewestHundred()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var customer = cluster.Grains.GetGrain<ICustomerGrain>("cus_1");

        await Task.WhenAll(Enumerable.Range(1, 130).Select(n => customer.RecordAsync(Outcome($"pay_{n}", PaymentOutcomeKind.Collected, 1))));

        var view = await customer.GetAsync();
        Assert.AreEqual((130, 100, 130L), (view.Payments, view.History.Count, view.LifetimeValueMinor["USD"]));
    }

    [TestMethod]
    public async Task PutAsync_Profile_KeepsWhatIsNull()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var customer = cluster.Grains.GetGrain<ICustomerGrain>("cus_1");

        await customer.PutAsync(new CustomerProfile { TimeZone = "Europe/Berlin" });
        await customer.PutAsync(new CustomerProfile { Cards = [new CustomerCard { CardId = "card_1", CardNetwork = "visa" }] });
        await customer.PutAsync(new CustomerProfile { Cards = [new CustomerCard { CardId = "card_1", CardNetwork = "visa" }] });

        var view = await customer.GetAsync();
        Assert.AreEqual(("Europe/Berlin", "card_1", 2), (view.TimeZone, view.Cards.Single().CardId, cluster.Storage.Writes));
    }

    [TestMethod]
    [DataRow("Mars/Olympus")]
    [DataRow("W. Europe Standard Time")]
    [DataRow("../etc/passwd")]
    [DataRow("")]
    public async Task PutAsync_NoIanaTimeZone_IsRefused(string zone)
    {
        await using var cluster = await GrainCluster.StartAsync();

        var thrown = await Assert.ThrowsExactlyAsync<ArgumentException>(
            () => cluster.Grains.GetGrain<ICustomerGrain>("cus_1").PutAsync(new CustomerProfile { TimeZone = zone }));

        Assert.Contains("America/New_York", thrown.Message);
        Assert.AreEqual(0, cluster.Storage.Writes);
    }

    [TestMethod]
    public async Task GetRiskFactsAsync_RecentOutcomes_AreCountedByPayment()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var customer = cluster.Grains.GetGrain<ICustomerGrain>("cus_1");
        await customer.RecordAsync(Outcome("pay_1", PaymentOutcomeKind.Declined, 900) with { At = At.AddMinutes(-50) });
        await customer.RecordAsync(Outcome("pay_1", PaymentOutcomeKind.Collected, 900) with { At = At.AddMinutes(-10) });
        await customer.RecordAsync(Outcome("pay_2", PaymentOutcomeKind.Collected, 200) with { At = At.AddHours(-2) });
        await customer.RecordAsync(Outcome("pay_3", PaymentOutcomeKind.Blocked, 5000) with { At = At.AddHours(-25) });

        var facts = await customer.GetRiskFactsAsync("USD", At);

        Assert.AreEqual((1, 1, 2, 550L), (facts.PaymentsLastHour, facts.FailuresLastDay, facts.Collected, facts.MeanAmountMinor!.Value));
        Assert.IsNull((await customer.GetRiskFactsAsync("JPY", At)).MeanAmountMinor);
    }

    [TestMethod]
    public void HoldoutArm_OfManyCustomers_IsItsShareAndStays()
    {
        var held = Enumerable.Range(1, 20_000).Where(n => HoldoutArm.Of($"cus_{n}", 0.1) == HoldoutArm.Holdout).ToArray();

        Assert.IsInRange(1_850, 2_150, held.Length);
        Assert.IsTrue(held.All(n => HoldoutArm.Of($"cus_{n}", 0.2) == HoldoutArm.Holdout), "a larger share keeps those that were in it");
        Assert.AreEqual(HoldoutArm.Treatment, HoldoutArm.Of("cus_1", 0));
        Assert.AreEqual(HoldoutArm.Holdout, HoldoutArm.Of("cus_1", 1));
    }

    private static PaymentOutcome Outcome(string paymentId, PaymentOutcomeKind kind, long amountMinor) => new()
    {
        PaymentId = paymentId,
        Kind = kind,
        AmountMinor = amountMinor,
        Currency = "USD",
        At = At,
        OutcomeId = $"{paymentId}:{kind}",
    };
}
