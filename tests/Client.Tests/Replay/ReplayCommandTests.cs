using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Recoup.Client.CommandLine;

namespace Recoup.Client.Tests.Replay;

/// <summary>The whole command against a server that checks signatures as the providers document them.</summary>
[TestClass]
public sealed class ReplayCommandTests
{
    private const string StripeSecret = "whsec_test";
    private const string SquareKey = "square_key";
    private readonly string folder = Directory.CreateTempSubdirectory("recoup-replay").FullName;
    private WebApplication? server;

    [TestInitialize]
    public async Task StartAsync()
    {
        File.WriteAllText(Path.Combine(folder, "1.json"), """{"id":"evt_1","object":"event","type":"charge.failed","text":"ü"}""");
        File.WriteAllText(Path.Combine(folder, "2.json"), """{"merchant_id":"M","event_id":"e","type":"payment.updated","data":{}}""");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.MapPost("/webhooks/stripe", (HttpRequest request) => AnswerAsync(request, IsStripe));
        server.MapPost("/webhooks/square", (HttpRequest request) => AnswerAsync(request, IsSquare));
        await server.StartAsync();
    }

    [TestCleanup]
    public async Task StopAsync()
    {
        await server!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    public async Task Replay_RightSecrets_AllAccepted()
    {
        var (code, output, error) = await RunAsync(StripeSecret, "--json");

        using var document = JsonDocument.Parse(output);
        Assert.AreEqual(2, document.RootElement.GetProperty("accepted").GetInt32(), output);
        Assert.AreEqual("charge.failed", document.RootElement.GetProperty("answers")[0].GetProperty("event_type").GetString());
        Assert.AreEqual((ExitCodes.Success, ""), (code, error));
    }

    [TestMethod]
    public async Task Replay_WrongSecret_ShowsTheAnswerAndFails()
    {
        var (code, output, error) = await RunAsync("whsec_other");

        StringAssert.Contains(output, "bad signature");
        StringAssert.Contains(output, "1 accepted, 1 refused");
        StringAssert.Contains(error, "1 of 2 payloads");
        Assert.AreEqual(ExitCodes.Failure, code);
        Assert.IsFalse(output.Contains('\u001b', StringComparison.Ordinal), "No escape sequences in a pipe.");
    }

    [TestMethod]
    public async Task Replay_SecretMissing_NamesTheSetting()
    {
        var (code, output, error) = await RunAsync("");

        StringAssert.Contains(error, "Stripe__WebhookSecret");
        Assert.AreEqual((ExitCodes.Failure, ""), (code, output));
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string stripeSecret, params string[] more)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var settings = new Dictionary<string, string> { ["Stripe__WebhookSecret"] = stripeSecret, ["Square__SignatureKey"] = SquareKey };
        string[] arguments = ["replay", folder, "--url", server!.Urls.First(), .. more];
        var code = await RecoupCommandLine.RunAsync(arguments, output, error, new EnvironmentSettings(settings.GetValueOrDefault));
        return (code, output.ToString(), error.ToString());
    }

    private static async Task<IResult> AnswerAsync(HttpRequest request, Func<HttpRequest, byte[], bool> isSigned)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return isSigned(request, body.ToArray()) ? Results.Ok() : Results.Problem("bad signature", statusCode: 401);
    }

    private static bool IsStripe(HttpRequest request, byte[] body)
    {
        var parts = request.Headers["Stripe-Signature"].ToString().Split(',').Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[1]);
        var age = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - long.Parse(parts["t"], CultureInfo.InvariantCulture);
        var signed = Encoding.UTF8.GetBytes(parts["t"] + ".").Concat(body).ToArray();
        return Math.Abs(age) < 300 && parts["v1"] == Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(StripeSecret), signed));
    }

    private static bool IsSquare(HttpRequest request, byte[] body)
    {
        var signed = Encoding.UTF8.GetBytes($"http://{request.Host}/webhooks/square").Concat(body).ToArray();
        return request.Headers["x-square-hmacsha256-signature"] == Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(SquareKey), signed));
    }
}
