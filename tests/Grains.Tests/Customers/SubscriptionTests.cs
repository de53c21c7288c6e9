using System.Text;
using System.Text.Json;
using Recoup.Attention;
using Recoup.Customers;
using Recoup.Events;
using Recoup.Grains.Tests.Clusters;
using Recoup.Payments;
using Recoup.Subscriptions;

namespace Recoup.Grains.Tests.Customers;

[TestClass]
public sealed class SubscriptionTests
{
    private static readonly DateTimeOffset January31 = new(2026, 1, 31, 9, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public async Task ResumeAsync_EachMonth_SubmitsOnePaymentAndGoesOn()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var customer = await SubscribeAsync(cluster);
        Assert.AreEqual(January31.AddMonths(1), cluster.Storage.Stored<CustomerState>("cus_1")!.AttentionAt);

        foreach (var day in new[] { "2026-02-28", "2026-03-31", "2026-04-30" })
        {
            cluster.Clock.UtcNow = DateTimeOffset.Parse(day + "T09:00Z", System.Globalization.CultureInfo.InvariantCulture);
            await customer.ResumeAsync();
            await customer.ResumeAsync();
        }

        CollectionAssert.AreEqual(
            new[] { "sub_1:2026-02-28T09:00:00Z", "sub_1:2026-03-31T09:00:00Z", "sub_1:2026-04-30T09:00:00Z" },
            cluster.Payments.Submitted.Select(submitted => submitted.Key).ToArray());
        var first = cluster.Payments.Submitted.First().Command;
        Assert.AreEqual((Initiator.Merchant, "sub_1", 999L, "card_1"), (first.InitiatedBy, first.SubscriptionId, first.AmountMinor, first.CardId));
        var subscription = (await customer.GetAsync()).Subscriptions.Single();
        Assert.AreEqual(new DateTimeOffset(2026, 5, 31, 9, 0, 0, TimeSpan.Zero), subscription.CurrentPeriodEndAt);
    }

    [TestMethod]
    public async Task ResumeAsync_AfterALongStop_RenewsEveryPeriod()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var customer = await SubscribeAsync(cluster);

        cluster.Clock.UtcNow = January31.AddMonths(3).AddDays(1);
        await customer.ResumeAsync();

        Assert.HasCount(3, cluster.Payments.Submitted);
    }

    [TestMethod]
    public async Task ResumeAsync_CrashAfterTheSubmit_SubmitsTheSamePaymentAgain()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var customer = await SubscribeAsync(cluster);
        cluster.Clock.UtcNow = January31.AddMonths(1);
        cluster.Storage.Failures = 1;

        await Assert.ThrowsExactlyAsync<OrleansException>(() => customer.ResumeAsync());
        await cluster.ForgetAsync();
        await customer.ResumeAsync();

        Assert.HasCount(2, cluster.Payments.Submitted);
        Assert.HasCount(1, cluster.Payments.Submitted.Select(submitted => submitted.Key).Distinct().ToArray());
        Assert.HasCount(2, cluster.Log.Events.DistinctBy(told => Encoding.UTF8.GetString(told.Value)).ToArray());
    }

    [TestMethod]
    public async Task RecordAsync_PaymentsOfASubscription_AreToldWithItsStatus()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var customer = await SubscribeAsync(cluster);

        await customer.RecordAsync(Outcome(PaymentOutcomeKind.Declined));
        await customer.RecordAsync(Outcome(PaymentOutcomeKind.Declined));
        await customer.RecordAsync(Outcome(PaymentOutcomeKind.Collected));

        var told = cluster.Log.Events;
        CollectionAssert.AreEqual(
            new[] { ("sub_1:1", "subscription.created"), ("sub_1:2", "subscription.payment_failed"), ("sub_1:3", "subscription.payment_succeeded") },
            told.Select(one => (EventId(one), one.EventType)).ToArray());
        using var failed = JsonDocument.Parse(told[1].Value);
        Assert.AreEqual("past_due", failed.RootElement.GetProperty("status").GetString());
        Assert.AreEqual("2026-02-28T09:00:00Z", failed.RootElement.GetProperty("current_period_end_at").GetString());
        Assert.AreEqual(("payments.subscriptions", "sub_1"), (told[1].Topic, told[1].Key));
        Assert.AreEqual("active", (await customer.GetAsync()).Subscriptions.Single().Status);
    }

    [TestMethod]
    public async Task PutSubscriptionAsync_OlderState_HasNoEffect()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var customer = await SubscribeAsync(cluster);

        await customer.PutSubscriptionAsync(Monthly() with { AmountMinor = 5, ChangedAt = January31.AddTicks(-1) });
        await customer.PutSubscriptionAsync(Monthly() with { AmountMinor = 5 });

        Assert.AreEqual(999, (await customer.GetAsync()).Subscriptions.Single().AmountMinor);
        Assert.HasCount(1, cluster.Log.Events);
    }

    [TestMethod]
    public async Task PutSubscriptionAsync_NewPrice_KeepsThePeriodThatRuns()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var customer = await SubscribeAsync(cluster);
        cluster.Clock.UtcNow = January31.AddMonths(1);
        await customer.ResumeAsync();

        await customer.PutSubscriptionAsync(Monthly() with { AmountMinor = 1999, ChangedAt = January31.AddMonths(1) });

        var subscription = (await customer.GetAsync()).Subscriptions.Single();
        Assert.AreEqual((1999L, January31.AddMonths(2)), (subscription.AmountMinor, subscription.CurrentPeriodEndAt));
    }

    [TestMethod]
    public async Task ResumeAsync_CancelAtPeriodEnd_EndsWithoutAPayment()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var customer = await SubscribeAsync(cluster, Monthly() with { CancelAtPeriodEnd = true });
        cluster.Clock.UtcNow = January31.AddMonths(2);

        await customer.ResumeAsync();

        Assert.IsEmpty(cluster.Payments.Submitted);
        Assert.AreEqual("canceled", (await customer.GetAsync()).Subscriptions.Single().Status);
        Assert.AreEqual("subscription.canceled", cluster.Log.Events[^1].EventType);
        Assert.IsNull(cluster.Storage.Stored<CustomerState>("cus_1")!.AttentionAt);
    }

    [TestMethod]
    public async Task ResumeAsync_ProvidersSubscription_IsOnlyToldOf()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var customer = await SubscribeAsync(cluster, Monthly() with { Provider = "stripe" });
        cluster.Clock.UtcNow = January31.AddMonths(5);

        await customer.ResumeAsync();

        Assert.IsEmpty(cluster.Payments.Submitted);
        Assert.IsNull(((IHasAttention)cluster.Storage.Stored<CustomerState>("cus_1")!).AttentionAt);
    }

    [TestMethod]
    [DataRow("fortnight", 1, 999L, "USD")]
    [DataRow("month", 0, 999L, "USD")]
    [DataRow("month", 1, -1L, "USD")]
    [DataRow("month", 1, 999L, "XXX")]
    public async Task PutSubscriptionAsync_WrongValue_IsRefused(string interval, int count, long amountMinor, string currency)
    {
        await using var cluster = await GrainCluster.StartAsync();
        var wrong = Monthly() with { Interval = interval, IntervalCount = count, AmountMinor = amountMinor, Currency = currency };

        await Assert.ThrowsExactlyAsync<ArgumentException>(() => cluster.Grains.GetGrain<ICustomerGrain>("cus_1").PutSubscriptionAsync(wrong));
    }

    [TestMethod]
    [DataRow("month", 1, "2024-01-31", "2024-02-29,2024-03-31,2024-04-30,2024-05-31")]
    [DataRow("month", 3, "2025-11-30", "2026-02-28,2026-05-30")]
    [DataRow("year", 1, "2024-02-29", "2025-02-28,2026-02-28,2027-02-28,2028-02-29")]
    [DataRow("week", 2, "2026-01-01", "2026-01-15,2026-01-29")]
    [DataRow("day", 1, "2026-02-28", "2026-03-01")]
    public void EndOfNext_FromTheAnchor_KeepsTheDay(string interval, int count, string anchor, string ends)
    {
        var subscription = Monthly() with { Interval = interval, IntervalCount = count };
        var (first, at) = (Day(anchor), Day(anchor));
        foreach (var end in ends.Split(','))
        {
            Assert.AreEqual(Day(end), at = SubscriptionPeriods.EndOfNext(subscription, SubscriptionPeriods.AnchorOf(subscription, first, at), at));
        }
    }

    private static DateTimeOffset Day(string text) => new(DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture), TimeOnly.MinValue, TimeSpan.Zero);

    private static async Task<ICustomerGrain> SubscribeAsync(GrainCluster cluster, Subscription? subscription = null)
    {
        cluster.Clock.UtcNow = January31;
        var customer = cluster.Grains.GetGrain<ICustomerGrain>("cus_1");
        await customer.PutSubscriptionAsync(subscription ?? Monthly());
        return customer;
    }

    private static Subscription Monthly() => new()
    {
        SubscriptionId = "sub_1",
        MerchantId = "mer_1",
        Provider = "recoup",
        AmountMinor = 999,
        Currency = "USD",
        Interval = "month",
        Status = "active",
        ChangedAt = January31,
        CardId = "card_1",
        CardNetwork = "visa",
    };

    private static PaymentOutcome Outcome(PaymentOutcomeKind kind) => new()
    {
        PaymentId = "pay_1",
        Kind = kind,
        AmountMinor = 999,
        Currency = "USD",
        At = January31,
        SubscriptionId = "sub_1",
        OutcomeId = $"pay_1:{kind}",
    };

    private static string EventId(OutgoingEvent told)
    {
        using var value = JsonDocument.Parse(told.Value);
        return value.RootElement.GetProperty("event_id").GetString()!;
    }
}
