using Recoup.Client.Payments;
using Recoup.Payments;
using Recoup.Silo.Workflows.Timelines;
using Recoup.Strategy;

namespace Recoup.Client.Tests.Payments;

[TestClass]
public sealed class PaymentStoryTests
{
    [TestMethod]
    public void Tell_RecoveredPayment_GoesFromSubmissionToEnd()
    {
        var story = PaymentStory.Tell(PaymentExamples.Recovered());

        CollectionAssert.AreEqual(
            new[] { TimelineKind.Started, TimelineKind.Declined, TimelineKind.Decision, TimelineKind.Wait, TimelineKind.Collected, TimelineKind.Ended },
            story.Select(entry => entry.Kind).ToArray());
        Assert.AreEqual("Attempt 1 on card_1: declined, insufficient_funds (network 51)", story[1].Title);
        Assert.AreEqual("Decision 1: same card in 1 d", story[2].Title);
        CollectionAssert.Contains(story[2].Details.ToList(), "paydays are on the 1st");
        CollectionAssert.Contains(story[2].Details.ToList(), "not alternative card: no backup card");
        Assert.AreEqual("Waited 1 d", story[3].Title);
        Assert.AreEqual("Attempt 2 on card_1: collected 49.99 USD", story[4].Title);
    }

    [TestMethod]
    public void Tell_YenPayment_HasNoDecimals() =>
        Assert.AreEqual("Submitted 4999 JPY", PaymentStory.Tell(PaymentExamples.Recovered("JPY"))[0].Title);

    [TestMethod]
    public void Tell_WaitForCustomer_SaysUntilWhen()
    {
        var decided = PaymentExamples.Start.AddMinutes(1);
        var payment = PaymentExamples.Create(PaymentStatus.Recovering) with
        {
            Attempts = [PaymentExamples.Declined(1, PaymentExamples.Start, "expired_card")],
            Decisions = [PaymentExamples.Decision(decided, RecoveryMethod.RequestCardUpdate, 0) with { WaitUntil = PaymentExamples.Start.AddDays(14) }],
        };

        var story = PaymentStory.Tell(payment);

        Assert.AreEqual("Decision 1: request card update", story[2].Title);
        Assert.AreEqual("Waiting for the customer until 15 Nov 09:00:00", story[^1].Title);
    }

    [TestMethod]
    public void Tell_FailedPayment_EndsWithItsReason()
    {
        var payment = PaymentExamples.Create(PaymentStatus.Failed) with { FailureCode = "recovery_exhausted", EndedAt = PaymentExamples.Start.AddDays(14) };

        var end = PaymentStory.Tell(payment)[^1];

        Assert.AreEqual(new TimelineEntry(PaymentExamples.Start.AddDays(14), TimelineKind.Ended, "Failed: recovery_exhausted") { Details = end.Details }, end);
    }

    [TestMethod]
    [DataRow(80)]
    [DataRow(140)]
    public void Render_Screen_FitsTheTerminal(int columns)
    {
        var drawn = Screen.Draw(PaymentScreen.Render(PaymentExamples.Recovered()), columns);

        StringAssert.Contains(drawn, "recovered");
        Assert.IsTrue(drawn.Split('\n').All(line => line.Length <= columns), drawn);
    }
}
