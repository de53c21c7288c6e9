using System.Net;
using Recoup.Silo.Tests.Hosting;

namespace Recoup.Silo.Tests.Http;

[TestClass]
public sealed class ApiKeyTests
{
    private const string Key = "a-key-of-twenty-chars";
    private const string SecondKey = "another-key-of-the-silo";
    private static RunningSilo silo = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _) =>
        silo = await RunningSilo.StartAsync(("Http:Address", "0.0.0.0"), ("Http:ApiKeys", $"{Key}, {SecondKey}"));

    [ClassCleanup]
    public static async Task StopAsync() => await silo.DisposeAsync();

    [TestMethod]
    [DataRow("/payments/pay_00000000000000000000000000")]
    [DataRow("/metrics")]
    [DataRow("/dashboard/")]
    [DataRow("/openapi/v1.json")]
    public async Task Get_WithoutKey_IsUnauthorized(string path)
    {
        using var answer = await silo.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.AreEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.AreEqual("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [TestMethod]
    [DataRow("X-Api-Key", Key, HttpStatusCode.NotFound)]
    [DataRow("X-Api-Key", SecondKey, HttpStatusCode.NotFound)]
    [DataRow("Authorization", "Bearer " + Key, HttpStatusCode.NotFound)]
    [DataRow("X-Api-Key", "a-key-of-twenty-charS", HttpStatusCode.Unauthorized)]
    [DataRow("Authorization", "Basic " + Key, HttpStatusCode.Unauthorized)]
    [DataRow("X-Api-Key", "", HttpStatusCode.Unauthorized)]
    public async Task Get_WithKey_IsLetInOrNot(string header, string value, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/payments/pay_00000000000000000000000000");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await silo.Client.SendAsync(request);
        Assert.AreEqual(expected, answer.StatusCode);
    }

    [TestMethod]
    public async Task Health_WithoutKey_Answers()
    {
        using var answer = await silo.Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [TestMethod]
    public async Task Webhook_WithoutKey_IsJudgedByItsSignature()
    {
        using var answer = await silo.PostAsync("/webhooks/stripe", "{}");
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, answer.StatusCode, "No secret is set, so the endpoint says which setting is missing.");
        StringAssert.Contains(await answer.Content.ReadAsStringAsync(), "Stripe__WebhookSecret");
    }
}
