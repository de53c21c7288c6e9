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
        string[] arguments = ["demo", "--payments", "30", "--seed", "11", "--scale", "100000", "--json"];

        var code = await RecoupCommandLine.RunAsync(arguments, output, error, EnvironmentSettings.Empty());

        Assert.AreEqual(ExitCodes.Success, code, error.ToString());
        var report = JsonDocument.Parse(output.ToString()).RootElement;
        string[] results = ["succeeded_first_attempt", "recovered", "failed_final", "blocked", "cancelled", "recovering", "open"];
        Assert.AreEqual(30, report.GetProperty("submitted").GetInt32());
        Assert.AreEqual(30, results.Sum(result => report.GetProperty(result).GetInt32()));
        Assert.AreEqual(0, report.GetProperty("open").GetInt32() + report.GetProperty("unheard").GetInt32());
        Assert.AreEqual(0, report.GetProperty("ledger").GetProperty("charged_twice").GetArrayLength());
    }
}
