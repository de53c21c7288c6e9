using Recoup.Strategy;

namespace Recoup.Grains.Tests.Strategy;

[TestClass]
public sealed class StaticPlanTests
{
    [TestMethod]
    public void Decide_EachRetry_FollowsThePlanAndEnds()
    {
        var context = Contexts.Declined("processing_error");
        var hours = new List<double>();
        for (var retries = 0; ; retries++)
        {
            var decision = context.After(retries, hours.LastOrDefault()).Decide();
            if (decision.Method == RecoveryMethod.GiveUp)
            {
                break;
            }

            hours.Add((decision.AttemptAt - context.FirstDeclineAt).TotalHours);
        }

        CollectionAssert.AreEqual(new double[] { 12, 24, 48, 72, 120, 168, 216, 264 }, hours);
    }

    [TestMethod]
    public void Decide_FirstDelayOfADay_GoesOnWithDayTwo()
    {
        var decision = Contexts.Declined("insufficient_funds").After(1, 24).Decide();

        Assert.AreEqual(24, decision.DelayHours);
    }

    [TestMethod]
    public void Decide_AfterALongWait_DoesNotMakeUpForDaysGoneBy()
    {
        var decision = Contexts.Declined("processing_error").After(1, 6 * 24).Decide();

        Assert.AreEqual(24, decision.DelayHours);
    }

    [TestMethod]
    public void Decide_MoreRetriesConfigured_UsesTheDayLeft()
    {
        var decision = Contexts.Declined("processing_error").After(8, 264).Decide(new StrategyOptions { RetriesMax = 9 });

        Assert.AreEqual(3 * 24, decision.DelayHours);
    }

    [TestMethod]
    public void Decide_AfterTheWindow_GivesUp() =>
        Assert.AreEqual(RecoveryMethod.GiveUp, Contexts.Declined("expired_card").After(0, 14 * 24).Decide().Method);
}
