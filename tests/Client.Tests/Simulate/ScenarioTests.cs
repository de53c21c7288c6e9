using Recoup.Client.Simulate;

namespace Recoup.Client.Tests.Simulate;

[TestClass]
public sealed class ScenarioTests
{
    [TestMethod]
    public void DueAfter_NoRate_IsAtOnce() => Assert.AreEqual(TimeSpan.Zero, Scenario.Steady.DueAfter(1_000, null));

    [TestMethod]
    public void DueAfter_Steady_IsEven() => Assert.AreEqual(TimeSpan.FromSeconds(5), Scenario.Steady.DueAfter(100, 20));

    [TestMethod]
    public void DueAfter_Waves_PutsEachPeriodIntoItsFirstFifth()
    {
        var waves = Scenario.Named("waves");

        var due = Enumerable.Range(0, 1_000).Select(index => waves.DueAfter(index, 100)).ToList();

        Assert.IsTrue(due.All(at => at.TotalSeconds % 5 < 1), "An order is due between two waves.");
        CollectionAssert.AreEqual(due.Order().ToList(), due);
        Assert.AreEqual(TimeSpan.FromSeconds(5), due[500]);
    }
}
