using Recoup.Client.Demo;
using Recoup.Client.Events;
using Recoup.Client.Simulate;
using Recoup.Client.Tests.Payments;
using Recoup.Payments;
using Recoup.Simulation;

namespace Recoup.Client.Tests.Demo;

[TestClass]
public sealed class DemoSummaryTests
{
    [TestMethod]
    public void Render_Result_FitsEightyColumnsAndTellsTheStory()
    {
        var drawn = Screen.Draw(DemoSummary.Render(Result([])), columns: 80);

        StringAssert.Contains(drawn, "No payment was charged twice.");
        StringAssert.Contains(drawn, "49.99 of 49.99 USD");
        StringAssert.Contains(drawn, "paydays are on the 1st");
        Assert.IsTrue(drawn.Split('\n').All(line => line.Length <= 80), drawn);
    }

    [TestMethod]
    public void Render_ChargedTwice_NamesThePaymentAndIsNoSuccess()
    {
        var result = Result(["pay_9"]);

        Assert.IsFalse(result.IsGood);
        StringAssert.Contains(Screen.Draw(DemoSummary.Render(result)), "CHARGED TWICE: pay_9");
    }

    [TestMethod]
    public void Choose_SeveralRecovered_PrefersMoreAttempts()
    {
        var short1 = PaymentStanding.Of(PaymentExamples.Recovered());
        var long1 = short1 with { Attempts = 4 };
        var endless = short1 with { Attempts = 9 };

        Assert.AreEqual("b", StoryChoice.Choose([new("a", short1), new("b", long1), new("c", endless), new("d", null)]));
        Assert.IsNull(StoryChoice.Choose([new("d", null)]));
    }

    private static DemoResult Result(IReadOnlyList<string> chargedTwice)
    {
        var story = PaymentExamples.Recovered();
        var failed = PaymentExamples.Create(PaymentStatus.Failed) with
        {
            Attempts = [PaymentExamples.Declined(1, PaymentExamples.Start, "new_account_information_available")],
        };
        var plan = new DemoPlan { Payments = 2, Scale = DemoPlan.DefaultScale, Serves = false };
        return new DemoResult
        {
            Seed = 7,
            Plan = plan,
            BusinessTime = TimeSpan.FromDays(15),
            EventsPending = 5,
            Events = new PublishedEvents
            {
                ByType = new Dictionary<string, int> { ["charge.failed"] = 2, ["charge.succeeded"] = 1 },
                Repeated = 0,
                FromProviders = 4,
                Injected = new Dictionary<string, string> { ["payments.charges/0/1"] = "missing_currency" },
                RequestLag = 0,
            },
            Story = story,
            Lake = LakeCounts.Of(
                [new TableCount("payments.charges", "payment_charges", 4, 3, 1, new Dictionary<string, long> { ["missing_currency"] = 1 })],
                new Dictionary<string, string> { ["payments.charges/0/1"] = "missing_currency" },
                new Dictionary<string, string> { ["payments.charges/0/1"] = "missing_currency" }),
            Audit = new LedgerAudit { Charges = 2, Declines = 1, Refunds = 0, ChargedTwice = chargedTwice },
            End = new SimulationSnapshot
            {
                Plan = new SimulationPlan { Payments = 2 },
                Elapsed = TimeSpan.FromSeconds(40),
                PlacedAfter = TimeSpan.FromSeconds(5),
                AttemptedAfter = TimeSpan.FromSeconds(6),
                Acknowledged = 2,
                Repeated = 0,
                Billed = 0,
                Subscribed = 0,
                Retries = 0,
                P50 = null,
                P99 = null,
                Max = TimeSpan.Zero,
                Unheard = 0,
                Tally = PaymentTally.Of([PaymentStanding.Of(story), PaymentStanding.Of(failed)]),
            },
        };
    }
}
