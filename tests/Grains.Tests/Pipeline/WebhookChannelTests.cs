using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Recoup.Grains.Tests.Clusters;
using Recoup.Pipeline;
using Recoup.Pipeline.Alerts;

namespace Recoup.Grains.Tests.Pipeline;

[TestClass]
public sealed class WebhookChannelTests
{
    private const string Secret = "a secret of some length";
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public async Task SendAsync_Json_IsSignedOverTimeAndBody()
    {
        using var receiver = new Receiver(HttpStatusCode.OK);
        using var services = Services(receiver, AlertFormat.Json);

        await Channel(services).SendAsync(Notice(), CancellationToken.None);

        var (headers, body) = receiver.Requests.Single();
        var signature = headers["Recoup-Signature"];
        var time = signature[2..signature.IndexOf(',', StringComparison.Ordinal)];
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{time}.{body}")));
        Assert.AreEqual($"t={time},v1={expected}", signature);
        Assert.AreEqual("kafka_lag/all/1:1", headers["Recoup-Event-Id"]);
        var alert = JsonDocument.Parse(body).RootElement;
        Assert.AreEqual("alert.raised", alert.GetProperty("event_type").GetString());
        Assert.AreEqual("critical", alert.GetProperty("severity").GetString());
        Assert.AreEqual(5m, alert.GetProperty("observed").GetDecimal());
        Assert.AreEqual("select 1 < 2", alert.GetProperty("query").GetString());
    }

    [TestMethod]
    public async Task SendAsync_Slack_HasTextAndEscapedBlocks()
    {
        using var receiver = new Receiver(HttpStatusCode.OK);
        using var services = Services(receiver, AlertFormat.Slack);

        await Channel(services).SendAsync(Notice(), CancellationToken.None);

        var message = JsonDocument.Parse(receiver.Requests.Single().Body).RootElement;
        StringAssert.StartsWith(message.GetProperty("text").GetString(), "Critical: kafka_lag.");
        StringAssert.Contains(message.GetProperty("blocks")[1].GetProperty("text").GetProperty("text").GetString(), "select 1 &lt; 2");
    }

    [TestMethod]
    public async Task SendAsync_BusyReceiver_IsAskedAgainWithTheSameEventId()
    {
        using var receiver = new Receiver(HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests, HttpStatusCode.OK);
        using var services = Services(receiver, AlertFormat.Json);

        var sending = Channel(services).SendAsync(Notice(), CancellationToken.None);
        await PassAsync(services, sending);
        await sending;

        Assert.HasCount(3, receiver.Requests);
        Assert.AreEqual(1, receiver.Requests.Select(request => request.Headers["Recoup-Event-Id"]).Distinct().Count());
    }

    [TestMethod]
    public async Task SendAsync_ReceiverStaysDown_GivesUpAfterFiveAndLeavesItToTheGrain()
    {
        using var receiver = new Receiver(HttpStatusCode.InternalServerError);
        using var services = Services(receiver, AlertFormat.Json);

        var sending = Channel(services).SendAsync(Notice(), CancellationToken.None);
        await PassAsync(services, sending);

        await Assert.ThrowsExactlyAsync<HttpRequestException>(() => sending);
        Assert.HasCount(5, receiver.Requests);
    }

    [TestMethod]
    public async Task SendAsync_ReceiverSaysItIsWrong_IsARefusalAfterOneCall()
    {
        using var receiver = new Receiver(HttpStatusCode.BadRequest);
        using var services = Services(receiver, AlertFormat.Json);

        await Assert.ThrowsExactlyAsync<AlertRefusedException>(() => Channel(services).SendAsync(Notice(), CancellationToken.None));
        Assert.HasCount(1, receiver.Requests);
    }

    /// <summary>Lets the pauses between the tries pass.</summary>
    private static Task PassAsync(ServiceProvider services, Task sending) => Eventually.HoldsAsync(
        () =>
        {
            ((FakeTimeProvider)services.GetRequiredService<TimeProvider>()).Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(sending.IsCompleted);
        },
        "the tries come to an end");

    private static IAlertChannel Channel(ServiceProvider services) => services.GetRequiredService<IAlertChannel>();

    private static ServiceProvider Services(Receiver receiver, AlertFormat format)
    {
        var options = new PipelineOptions { Alerts = { WebhookUrl = "https://alerts.example/hook", WebhookSecret = Secret, WebhookFormat = format } };
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<TimeProvider>(new FakeTimeProvider(Now)).AddSingleton(Options.Create(options));
        services.AddAlertWebhook(TimeSpan.FromMinutes(10));
        services.ConfigureHttpClientDefaults(client => client.ConfigurePrimaryHttpMessageHandler(() => receiver));
        return services.BuildServiceProvider();
    }

    private static AlertNotice Notice()
    {
        var reading = new Reading { Monitor = "kafka_lag", Severity = Severity.Critical, Value = 5, Threshold = 1, Unit = "records", Summary = "5 records wait", Query = "select 1 < 2" };
        var alert = new Alert { AlertId = "kafka_lag/all/1", Reading = reading, Worst = Severity.Critical, RaisedAt = Now, SeenAt = Now, EventCount = 1 };
        return new AlertNotice { EventId = "kafka_lag/all/1:1", Change = AlertChange.Raised, Alert = alert, At = Now, Waiting = ["webhook"] };
    }

    /// <summary>Answers one status after the other, and then always the last.</summary>
    private sealed class Receiver(params HttpStatusCode[] answers) : HttpMessageHandler
    {
        public ConcurrentQueue<(Dictionary<string, string> Headers, string Body)> Requests { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var status = answers[Math.Min(Requests.Count, answers.Length - 1)];
            Requests.Enqueue((request.Headers.ToDictionary(header => header.Key, header => header.Value.Single()), await request.Content!.ReadAsStringAsync(cancellationToken)));
            return new HttpResponseMessage(status);
        }
    }
}
