using System.Net;
using System.Net.Sockets;
using Recoup.Client.CommandLine;

namespace Recoup.Client.Tests.CommandLine;

[TestClass]
public sealed class CommandLineTests
{
    private const string UnknownPayment = "pay_01234567890123456789012345";

    public static IEnumerable<object[]> Commands() =>
        new[]
        {
            "demo", "simulate", "replay", "payment", "customer", "history", "gold", "alerts",
            "quarantine list", "quarantine show", "quarantine replay", "pipeline status", "pipeline run", "pipeline backfill",
        }.Select(name => new object[] { name });

    public static IEnumerable<object[]> LaterCommands() =>
        new[] { "model" }.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public async Task Help_OfEachCommand_ShowsJsonAndExamples(string command)
    {
        var ran = await RunAsync([.. command.Split(' '), "--help"]);

        Assert.AreEqual(ExitCodes.Success, ran.Code);
        StringAssert.Contains(ran.Output, "--json");
        StringAssert.Contains(ran.Output, $"dotnet run --project src/Client -- {command}");
        Assert.AreEqual("", ran.Error);
    }

    [TestMethod]
    [DataRow("status")]
    [DataRow("run")]
    public async Task Help_OfPipelineCommands_ShowsExamples(string command)
    {
        var ran = await RunAsync("pipeline", command, "--help");

        Assert.AreEqual(ExitCodes.Success, ran.Code);
        StringAssert.Contains(ran.Output, $"dotnet run --project src/Client -- pipeline {command}");
    }

    [TestMethod]
    [DataRow("pipeline status --gateway 127.0.0.1:{0}")]
    [DataRow("pipeline run --gateway 127.0.0.1:{0} --json")]
    [DataRow("alerts --gateway 127.0.0.1:{0}")]
    [DataRow("gold --url http://127.0.0.1:{0}")]
    [DataRow("gold fct_payments --url http://127.0.0.1:{0} --format csv")]
    public async Task Run_LakeCommandsWithoutSilo_SayHowToStartOne(string line)
    {
        var ran = await RunAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, ClosedPort()).Split(' '));

        Assert.AreEqual(ExitCodes.Failure, ran.Code);
        Assert.AreEqual("", ran.Output);
        StringAssert.Contains(ran.Error, "src/Silo");
    }

    [TestMethod]
    [DynamicData(nameof(LaterCommands))]
    public async Task LaterCommand_WithAnyArguments_IsRefusedByName(string command)
    {
        var ran = await RunAsync(command, "whatever", "--format", "csv", "--json");

        Assert.AreEqual(ExitCodes.Failure, ran.Code);
        StringAssert.Contains(ran.Error, $"'{command}' is not available yet");
        Assert.AreEqual("", ran.Output);
    }

    [TestMethod]
    [DataRow("nonsense", "nonsense")]
    [DataRow("payment", "payment-id")]
    [DataRow("payment pay_1", "26 characters")]
    [DataRow("simulate --payments 0", "at least 1")]
    [DataRow("simulate --payments many", "many")]
    [DataRow("simulate --rate 0", "above 0")]
    [DataRow("simulate --scenario quiet", "steady")]
    [DataRow("simulate --gateway localhost", "host:port")]
    [DataRow("history pay_01234567890123456789012345 --temporal :7233", "host:port")]
    [DataRow("replay . --url ftp://x", "http://127.0.0.1:8080")]
    [DataRow("quarantine", "Required command")]
    [DataRow("quarantine list --table invoices", "payment_charges")]
    [DataRow("quarantine list --since yesterday", "2h")]
    [DataRow("quarantine show 17", "payments.charges/2/17")]
    [DataRow("quarantine show payments.requests/0/1", "payments.charges/2/17")]
    [DataRow("quarantine replay --set currency=USD", "--reason")]
    [DataRow("quarantine replay payments.charges/2/17", "--set field=value")]
    [DataRow("quarantine replay payments.charges/2/17 --set currency", "field=value")]
    [DataRow("quarantine replay payments.charges/2/17 --reason malformed_json --set currency=USD", "not both")]
    [DataRow("quarantine replay --reason malformed_json --file one.json", "name it")]
    [DataRow("pipeline backfill", "--topic")]
    [DataRow("pipeline backfill --topic payments.requests", "payments.charges")]
    [DataRow("pipeline backfill --topic payments.charges --from yesterday", "2h")]
    public async Task Run_WrongCommandLine_SaysWhatIsRight(string line, string expected)
    {
        var ran = await RunAsync(line.Split(' '));

        Assert.AreEqual(ExitCodes.Usage, ran.Code);
        StringAssert.Contains(ran.Error, expected);
        StringAssert.Contains(ran.Error, "--help");
        Assert.AreEqual("", ran.Output);
    }

    [TestMethod]
    [DataRow("payment", "--gateway", "src/Silo")]
    [DataRow("history", "--temporal", "src/Silo")]
    public async Task Run_NothingListens_SaysWhichCommandStartsIt(string command, string option, string remedy)
    {
        var ran = await RunAsync(command, UnknownPayment, option, $"127.0.0.1:{ClosedPort()}", "--json");

        Assert.AreEqual(ExitCodes.Failure, ran.Code);
        Assert.AreEqual("", ran.Output);
        StringAssert.Contains(ran.Error, remedy);
    }

    [TestMethod]
    public async Task Run_SettingsOfSilo_AreTheDefaults()
    {
        var port = ClosedPort();

        var ran = await RunAsync(new Dictionary<string, string> { ["Orleans__GatewayPort"] = $"{port}" }, "payment", UnknownPayment);

        StringAssert.Contains(ran.Error, $"127.0.0.1:{port}");
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    private static async Task<(int Code, string Output, string Error)> RunAsync(Dictionary<string, string> settings, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await RecoupCommandLine.RunAsync(arguments, output, error, new EnvironmentSettings(settings.GetValueOrDefault));
        return (code, output.ToString(), error.ToString());
    }
}
