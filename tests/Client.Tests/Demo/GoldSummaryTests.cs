using System.Text.Json;
using Recoup.Client.Demo;
using Recoup.Pipeline;

namespace Recoup.Client.Tests.Demo;

[TestClass]
public sealed class GoldSummaryTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public void Render_EverythingAgrees_ShowsTheTablesAndSaysSo()
    {
        var gold = Gold(Compared(0, Severity.Ok));

        var drawn = Screen.Draw(GoldSummary.Render(gold), columns: 80);

        Assert.IsTrue(gold.IsGood);
        StringAssert.Contains(drawn, "recovered");
        StringAssert.Contains(drawn, "49.99 USD");
        StringAssert.Contains(drawn, "3 of 4");
        StringAssert.Contains(drawn, "stripe");
        StringAssert.Contains(drawn, "missing_currency");
        StringAssert.Contains(drawn, "grains = bronze = silver = gold");
        Assert.IsTrue(drawn.Split('\n').All(line => line.Length <= 80), drawn);
    }

    [TestMethod]
    public void Render_OneMinorUnitDiffers_IsNoSuccess()
    {
        var gold = Gold(Compared(1, Severity.Critical));
        Assert.IsFalse(gold.IsGood);
        StringAssert.Contains(Screen.Draw(GoldSummary.Render(gold)), "1 comparisons differ.");
    }

    [TestMethod]
    public void Render_NothingCouldBeCompared_DoesNotClaimThatItAgrees() =>
        Assert.DoesNotContain("grains = bronze", Screen.Draw(GoldSummary.Render(Gold(Compared(null, Severity.Unknown) with { Threshold = null }))));

    [TestMethod]
    [DataRow(60.0, "0 0/10 * * * ?")]
    [DataRow(3_600.0, "0 0 0/10 * * ?")]
    [DataRow(36_000.0, "0 0 0 1/4 * ?")]
    public void PipelineCron_OfAScale_IsASlotAboutEveryTenSeconds(double scale, string cron) =>
        Assert.AreEqual(cron, new DemoPlan { Payments = 1, Scale = scale, Serves = false }.PipelineCron);

    private static Reading Compared(decimal? difference, Severity severity) => new()
    {
        Monitor = "reconciliation",
        Subject = "gold_USD",
        Severity = severity,
        Value = difference,
        Threshold = 0,
        Unit = "minor_units",
        Summary = "Collected: silver 49.99 USD in 3 events, gold 49.99 USD in 3 events",
    };

    private static DemoGold Gold(Reading reading) => new()
    {
        Run = new PipelineRun
        {
            Number = 1,
            StartedAt = Now,
            EndedAt = Now,
            Steps = [new StepResult { Name = "transformations", Succeeded = true, Summary = "", Elapsed = TimeSpan.Zero, EndedAt = Now }],
        },
        Readings = [reading],
        Rows = new Dictionary<string, long> { ["fct_payments"] = 4 },
        Recovered = [new("insufficient_funds", "USD", 3, 4_999)],
        Views = new GoldViews(
            Rows("""{"outcome":"recovered","currency":"USD","payments":3,"minor":4999}"""),
            Rows("""{"failure_code":"insufficient_funds","strategy":"baseline","currency":"USD","recovered":3,"declined":4,"minor":4999}"""),
            Rows("""{"provider":"stripe","currency":"USD","charges":9,"succeeded":7,"minor":4999}"""),
            Rows("""{"layer":"bronze","table_name":"quarantine_payment_charges","reason":"missing_currency","records":2}""")),
    };

    private static IReadOnlyList<JsonElement> Rows(string json) => [JsonDocument.Parse(json).RootElement];
}
