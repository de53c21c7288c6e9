using Recoup.Client.Alerts;
using Recoup.Pipeline;

namespace Recoup.Client.Tests.Alerts;

[TestClass]
public sealed class AlertsScreenTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public void Render_None_SaysSo() => StringAssert.Contains(Screen.Draw(AlertsScreen.Render([])), "No alert is open.");

    [TestMethod]
    public void Render_OpenAndOver_ShowsSeenThresholdAndTheQueryOfTheOpenOne()
    {
        var open = new Alert
        {
            AlertId = "quarantined_charges/all/7",
            Reading = new Reading
            {
                Monitor = "quarantined_charges",
                Severity = Severity.Critical,
                Value = 1_501,
                Threshold = 100,
                Unit = "records",
                Summary = "1501 charges were quarantined",
                Query = "select 1",
            },
            Worst = Severity.Critical,
            RaisedAt = Now,
            SeenAt = Now,
        };
        var over = open with { AlertId = "kafka_lag/t/2", ResolvedAt = Now, Reading = open.Reading with { Query = "select 2" } };

        var drawn = Screen.Draw(AlertsScreen.Render([open, over]), columns: 160);

        StringAssert.Contains(drawn, "critical");
        StringAssert.Contains(drawn, "1501 records");
        StringAssert.Contains(drawn, "quarantined_charges/all/7: query \"select 1\"");
        StringAssert.Contains(drawn, "over");
        Assert.DoesNotContain("select 2", drawn);
    }
}
