using System.Text.Json;
using Recoup.Client.CommandLine;

namespace Recoup.Client.Tests.Demo;

/// <summary>The whole platform in this process, on free ports and a temporary folder.</summary>
[TestClass]
public sealed class DemoTests
{
    [TestMethod]
    public async Task Demo_FewPaymentsAtFastClock_EndsEveryOneAndChargesNoneTwice()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] arguments = ["demo", "--payments", "30", "--seed", "11", "--scale", "100000", "--bad-records", "0.5", "--json"];

        var code = await RecoupCommandLine.RunAsync(arguments, output, error, EnvironmentSettings.Empty());

        Assert.AreEqual(ExitCodes.Success, code, error.ToString());
        var report = JsonDocument.Parse(output.ToString()).RootElement;
        string[] results = ["succeeded_first_attempt", "recovered", "failed_final", "blocked", "cancelled", "recovering", "open"];
        Assert.AreEqual(30, report.GetProperty("submitted").GetInt32());
        Assert.AreEqual(30, results.Sum(result => report.GetProperty(result).GetInt32()));
        Assert.AreEqual(0, report.GetProperty("open").GetInt32() + report.GetProperty("unheard").GetInt32());
        Assert.AreEqual(0, report.GetProperty("own_quarantined").GetInt32());
        Assert.AreEqual(15, report.GetProperty("injected").GetInt32());
        Assert.AreEqual(15, report.GetProperty("quarantine_rows").GetInt32());
        Assert.IsGreaterThanOrEqualTo(report.GetProperty("events_published").GetInt32() + report.GetProperty("provider_events").GetInt32(), report.GetProperty("bronze_rows").GetInt32());
        Assert.IsTrue(report.GetProperty("lake").EnumerateArray().All(table =>
            table.GetProperty("records").GetInt64() == table.GetProperty("bronze").GetInt64() + table.GetProperty("quarantine").GetInt64()));
        var delay = report.GetProperty("gold_delay");
        Assert.AreEqual(0, delay.GetProperty("unseen").GetInt32());
        Assert.IsGreaterThanOrEqualTo(30 - report.GetProperty("recovering").GetInt32(), delay.GetProperty("payments").GetInt32());
        Assert.IsInRange(0.0, delay.GetProperty("p95_seconds").GetDouble(), delay.GetProperty("p50_seconds").GetDouble());
        Assert.AreEqual(0, report.GetProperty("ledger").GetProperty("charged_twice").GetArrayLength());
    }
}
