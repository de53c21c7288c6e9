using Recoup.Client.Gold;

namespace Recoup.Client.Tests.Gold;

[TestClass]
public sealed class GoldScreenTests
{
    [TestMethod]
    public void Overview_BeforeTheFirstRun_SaysWhatMakesTheTables() =>
        StringAssert.Contains(Screen.Draw(GoldScreen.Overview(new Dictionary<string, long>(), [])), "pipeline run");

    [TestMethod]
    public void Overview_TwoCurrencies_DrawsAChartOfEachInItsOwnUnits()
    {
        var drawn = Screen.Draw(GoldScreen.Overview(
            new Dictionary<string, long> { ["fct_payments"] = 1_234 },
            [new("insufficient_funds", "USD", 5, 123_456), new("do_not_honor", "USD", 1, 99), new("insufficient_funds", "JPY", 1, 5_000)]));

        StringAssert.Contains(drawn, "1,234");
        StringAssert.Contains(drawn, "Recovered money by first decline, USD");
        StringAssert.Contains(drawn, "1,234.56");
        StringAssert.Contains(drawn, "Recovered money by first decline, JPY");
        StringAssert.Contains(drawn, "5,000");
        Assert.DoesNotContain("5,000.00", drawn);
    }
}
