using Recoup.Client.Simulate;
using Recoup.Client.Tests.Payments;
using Recoup.Payments;

namespace Recoup.Client.Tests.Simulate;

[TestClass]
public sealed class PaymentTallyTests
{
    [TestMethod]
    public void Of_EveryKindOfPayment_CountsEachOnce()
    {
        var start = PaymentExamples.Start;
        PaymentView[] payments =
        [
            PaymentExamples.Create(PaymentStatus.Succeeded) with { Attempts = [PaymentExamples.Succeeded(1, start)] },
            PaymentExamples.Create(PaymentStatus.Refunded) with { Attempts = [PaymentExamples.Succeeded(1, start)] },
            PaymentExamples.Recovered(),
            PaymentExamples.Recovered("JPY"),
            PaymentExamples.Recovered() with { Status = PaymentStatus.Disputed },
            PaymentExamples.Create(PaymentStatus.Recovered) with { Attempts = [PaymentExamples.Declined(1, start, "expired_card")] },
            PaymentExamples.Create(PaymentStatus.Failed) with { Attempts = [PaymentExamples.Declined(1, start)] },
            PaymentExamples.Create(PaymentStatus.Recovering) with { Attempts = [PaymentExamples.Declined(1, start)] },
            PaymentExamples.Create(PaymentStatus.Blocked),
            PaymentExamples.Create(PaymentStatus.Cancelled) with { Attempts = [PaymentExamples.Declined(1, start)] },
            PaymentExamples.Create(PaymentStatus.Charging),
            PaymentExamples.Create(PaymentStatus.Cancelled) with { MergedInto = "pay_2" },
        ];

        var tally = PaymentTally.Of(payments.Select(PaymentStanding.Of));

        Assert.AreEqual(11, tally.Payments);
        Assert.AreEqual(tally.Payments, Enum.GetValues<PaymentResult>().Sum(result => tally[result]));
        Assert.AreEqual(2, tally[PaymentResult.SucceededFirstAttempt]);
        Assert.AreEqual(4, tally[PaymentResult.Recovered]);
        Assert.AreEqual(1, tally[PaymentResult.Open]);
        Assert.AreEqual(3 * 4999, tally.RecoveredMinor["USD"]);
        Assert.AreEqual(4999, tally.RecoveredMinor["JPY"]);
        Assert.AreEqual("insufficient_funds", tally.Failures[0].FailureCode);
        Assert.AreEqual((6, 3, 2, 1), (tally.Failures[0].Declined, tally.Failures[0].Recovered, tally.Failures[0].Lost, tally.Failures[0].Recovering));
        Assert.AreEqual(4.0 / 6, tally.RecoveryRate);
    }
}
