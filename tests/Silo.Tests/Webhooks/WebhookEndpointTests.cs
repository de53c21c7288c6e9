using System.Net;
using System.Text;
using System.Text.Json;

namespace Recoup.Silo.Tests.Webhooks;

/// <summary>What the webhook endpoints take, and how they refuse the rest.</summary>
[TestClass]
public sealed class WebhookEndpointTests
{
    private const string Charge = """
        {"id":"evt_1","object":"event","created":1800000000,"type":"charge.failed","data":{"object":{"id":"ch_1","amount":2000,"currency":"usd","failure_code":"card_declined"}}}
        """;

    private const string Payment = """
        {"event_id":"13b867cf-db3d-4b1c-90b6-2f32a9d78124","merchant_id":"M1","type":"payment.updated","created_at":"2026-01-02T03:04:05Z",
         "data":{"object":{"payment":{"id":"P1","order_id":"O1","status":"COMPLETED","amount_money":{"amount":100,"currency":"USD"}}}}}
        """;

    [TestMethod]
    public async Task PostStripe_Signed_IsInTheInboxBeforeThe200()
    {
        await using var server = await WebhookServer.StartConfiguredAsync();
        using var answer = await server.PostStripeAsync(Charge);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.AreEqual("accepted", await FieldAsync(answer, "receipt"));
        var kept = server.Received["stripe:evt_1:charge.failed"];
        CollectionAssert.AreEqual(Encoding.UTF8.GetBytes(Charge), kept.Body.ToArray(), "The body is kept byte for byte.");
    }

    [TestMethod]
    public async Task PostStripe_DeliveredAgain_SaysDuplicate()
    {
        await using var server = await WebhookServer.StartConfiguredAsync();
        using var first = await server.PostStripeAsync(Charge);
        using var second = await server.PostStripeAsync(Charge, signedAt: server.Time.GetUtcNow().AddSeconds(5));
        Assert.AreEqual(HttpStatusCode.OK, second.StatusCode);
        Assert.AreEqual("duplicate", await FieldAsync(second, "receipt"));
        Assert.HasCount(1, server.Received);
    }

    [TestMethod]
    [DataRow("whsec_old")]
    [DataRow("whsec_new")]
    public async Task PostStripe_WhileASecretIsRolled_TakesBoth(string secret)
    {
        await using var server = await WebhookServer.StartAsync(("Stripe:WebhookSecret", "whsec_old, whsec_new"));
        using var answer = await server.PostStripeAsync(Charge, secret);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [TestMethod]
    public async Task PostSquare_SignedByEitherKey_IsTaken()
    {
        await using var server = await WebhookServer.StartAsync(("Square:SignatureKey", "old,new"), ("Square:NotificationUrl", WebhookServer.NotificationUrl));
        using var first = await server.PostSquareAsync(Payment, "old");
        using var second = await server.PostSquareAsync(Payment, "new");
        Assert.AreEqual(HttpStatusCode.OK, first.StatusCode);
        Assert.AreEqual("duplicate", await FieldAsync(second, "receipt"));
    }

    [TestMethod]
    public async Task Post_WithoutASecret_SaysWhichSettingIsMissing()
    {
        await using var server = await WebhookServer.StartAsync();
        using var stripe = await server.PostStripeAsync(Charge);
        using var square = await server.PostSquareAsync(Payment);
        await AssertProblemAsync(stripe, HttpStatusCode.ServiceUnavailable, "Set Stripe__WebhookSecret.");
        await AssertProblemAsync(square, HttpStatusCode.ServiceUnavailable, "Set Square__SignatureKey and Square__NotificationUrl.");
    }

    [TestMethod]
    public async Task Post_WronglySigned_Is400AndNotKept()
    {
        await using var server = await WebhookServer.StartConfiguredAsync();
        using var stripe = await server.PostStripeAsync(Charge, "whsec_other");
        using var unsigned = await server.PostAsync("/webhooks/stripe", new StringContent(Charge));
        using var square = await server.PostSquareAsync(Payment, "other");
        using var nonsense = await server.PostAsync("/webhooks/square", new StringContent(Payment), "x-square-hmacsha256-signature", "not base64!");
        await AssertProblemAsync(stripe, HttpStatusCode.BadRequest, "HMAC-SHA256");
        await AssertProblemAsync(unsigned, HttpStatusCode.BadRequest, "Stripe-Signature is missing");
        await AssertProblemAsync(square, HttpStatusCode.BadRequest, "Square__SignatureKey");
        await AssertProblemAsync(nonsense, HttpStatusCode.BadRequest, "base64");
        Assert.IsEmpty(server.Received);
    }

    [TestMethod]
    [DataRow(-301)]
    [DataRow(301)]
    public async Task PostStripe_SignedTooLongAgoOrAhead_IsStale(int seconds)
    {
        await using var server = await WebhookServer.StartConfiguredAsync();
        using var answer = await server.PostStripeAsync(Charge, signedAt: server.Time.GetUtcNow().AddSeconds(seconds));
        await AssertProblemAsync(answer, HttpStatusCode.BadRequest, "300 s");
    }

    [TestMethod]
    [DataRow(-300)]
    [DataRow(300)]
    public async Task PostStripe_SignedWithinTolerance_IsTaken(int seconds)
    {
        await using var server = await WebhookServer.StartConfiguredAsync();
        using var answer = await server.PostStripeAsync(Charge, signedAt: server.Time.GetUtcNow().AddSeconds(seconds));
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("{} {}")]
    [DataRow("""{"id":"\uD800","type":"x"}""")]
    public async Task PostStripe_BrokenJson_Is400(string body)
    {
        await using var server = await WebhookServer.StartConfiguredAsync();
        using var answer = await server.PostStripeAsync(body);
        await AssertProblemAsync(answer, HttpStatusCode.BadRequest, "one JSON object");
    }

    [TestMethod]
    [DataRow("""{"type":"charge.failed"}""", "id is missing")]
    [DataRow("""{"id":"evt_1"}""", "type is missing")]
    [DataRow("""{"id":"evt 1","type":"charge.failed"}""", "id is missing")]
    public async Task PostStripe_NotAnEvent_Is422(string body, string reason)
    {
        await using var server = await WebhookServer.StartConfiguredAsync();
        using var answer = await server.PostStripeAsync(body);
        await AssertProblemAsync(answer, HttpStatusCode.UnprocessableEntity, reason);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task PostStripe_TooLarge_Is413(bool tellsItsLength)
    {
        await using var server = await WebhookServer.StartConfiguredAsync();
        var bytes = new byte[(512 * 1024) + 1];
        HttpContent content = tellsItsLength ? new ByteArrayContent(bytes) : new StreamContent(new UnknownLength(bytes));
        using var answer = await server.PostAsync("/webhooks/stripe", content);
        await AssertProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge, "524288");
    }

    [TestMethod]
    public async Task Post_MovesAnUnsupportedCurrency_Is422WithTheField()
    {
        await using var server = await WebhookServer.StartConfiguredAsync();
        using var stripe = await server.PostStripeAsync(Charge.Replace("usd", "xts", StringComparison.Ordinal));
        using var square = await server.PostSquareAsync(Payment.Replace("USD", "XTS", StringComparison.Ordinal));
        await AssertProblemAsync(stripe, HttpStatusCode.UnprocessableEntity, "data.object.currency is not a supported currency: USD, CAD, GBP, EUR, JPY");
        await AssertProblemAsync(square, HttpStatusCode.UnprocessableEntity, "data.object.payment.amount_money.currency");
        Assert.IsEmpty(server.Received);
    }

    [TestMethod]
    public async Task PostStripe_AnotherCurrencyWithoutMoney_IsKept()
    {
        await using var server = await WebhookServer.StartConfiguredAsync();
        using var trial = await server.PostStripeAsync("""{"id":"evt_2","type":"invoice.paid","data":{"object":{"id":"in_1","amount_paid":0,"currency":"xts"}}}""");
        using var unknown = await server.PostStripeAsync("""{"id":"evt_3","type":"payout.paid","data":{"object":{"id":"po_1","amount":7,"currency":"xts"}}}""");
        Assert.AreEqual(HttpStatusCode.OK, trial.StatusCode);
        Assert.AreEqual(HttpStatusCode.OK, unknown.StatusCode);
    }

    [TestMethod]
    [DataRow("4242 4242 4242 4242")]
    [DataRow("order 5555-5555-5555-4444.")]
    [DataRow("\\u0034242424242424242")]
    public async Task PostStripe_CardNumberInAField_Is422AndNowhereRepeated(string number)
    {
        await using var server = await WebhookServer.StartConfiguredAsync();
        using var answer = await server.PostStripeAsync(Charge.Replace("\"ch_1\"", $"\"ch_1\",\"metadata\":{{\"note\":\"{number}\"}}", StringComparison.Ordinal));
        await AssertProblemAsync(answer, HttpStatusCode.UnprocessableEntity, "token");
        var problem = await answer.Content.ReadAsStringAsync();
        StringAssert.Contains(problem, "data.object.metadata.note");
        Assert.DoesNotContain("4242", problem);
        Assert.DoesNotContain("5555", problem);
        Assert.IsFalse(server.Logs.Any(line => line.Contains("4242", StringComparison.Ordinal) || line.Contains("5555", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task PostSquare_IdsAndTimesThatAreDigits_AreNoCardNumbers()
    {
        await using var server = await WebhookServer.StartConfiguredAsync();
        using var answer = await server.PostSquareAsync(Payment.Replace(
            "\"P1\"", "\"P1\",\"version\":1594790050754,\"trace\":\"4242424242424242x\",\"request\":\"42424242-4242-4242-4242-424242424242\"", StringComparison.Ordinal));
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [TestMethod]
    public async Task PostStripe_InboxCannotSave_Is503AndNothingOfThePayloadIsLogged()
    {
        await using var server = await WebhookServer.StartConfiguredAsync();
        server.IsStorageBroken = true;
        using var answer = await server.PostStripeAsync(Charge.Replace("ch_1", "ch_private", StringComparison.Ordinal));
        await AssertProblemAsync(answer, HttpStatusCode.ServiceUnavailable, "Send it again");
        Assert.AreEqual(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
        Assert.IsTrue(server.Logs.Any(line => line.Contains("stripe:evt_1:charge.failed", StringComparison.Ordinal)));
        Assert.IsFalse(server.Logs.Any(line => line.Contains("ch_private", StringComparison.Ordinal)));
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string detail)
    {
        Assert.AreEqual(status, answer.StatusCode);
        Assert.AreEqual("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        StringAssert.Contains(await FieldAsync(answer, "detail"), detail);
    }

    private static async Task<string?> FieldAsync(HttpResponseMessage answer, string name)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.GetProperty(name).GetString();
    }

    /// <summary>Sent in chunks: nothing says beforehand how long it is.</summary>
    private sealed class UnknownLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
