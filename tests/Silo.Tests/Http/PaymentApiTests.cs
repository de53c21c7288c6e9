using System.Net;
using System.Text.Json;
using Recoup.Silo.Tests.Hosting;

namespace Recoup.Silo.Tests.Http;

/// <summary>The API of a silo that runs as it does for everybody: real grains, storage and workflows.</summary>
[TestClass]
public sealed class PaymentApiTests
{
    private const string Body = """
        {"customer_id":"cus_1","merchant_id":"mer_1","amount_minor":4999,"currency":"USD","card_id":"card_1","card_network":"visa",
         "card_country":"US","billing_country":"US","metadata":{"order":"A-17"},"not_known":[1,{"x":2}]}
        """;

    private static RunningSilo silo = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _) => silo = await RunningSilo.StartAsync();

    [ClassCleanup]
    public static async Task StopAsync() => await silo.DisposeAsync();

    [TestMethod]
    public async Task Submit_New_IsCreatedAndCanBeRead()
    {
        using var answer = await silo.SubmitAsync("new", Body);
        Assert.AreEqual(HttpStatusCode.Created, answer.StatusCode, await answer.Content.ReadAsStringAsync());
        var payment = await RunningSilo.ReadAsync(answer);
        var id = payment.GetProperty("payment_id").GetString()!;
        Assert.AreEqual($"/payments/{id}", answer.Headers.Location?.OriginalString);
        Assert.AreEqual(4999, payment.GetProperty("amount_minor").GetInt64());

        using var read = await silo.Client.GetAsync(new Uri($"/payments/{id}", UriKind.Relative));
        Assert.AreEqual(HttpStatusCode.OK, read.StatusCode);
        Assert.AreEqual("A-17", (await RunningSilo.ReadAsync(read)).GetProperty("metadata").GetProperty("order").GetString());
    }

    [TestMethod]
    public async Task Submit_SameKeyAgain_IsTheSamePayment()
    {
        using var first = await silo.SubmitAsync("again", Body);
        using var second = await silo.SubmitAsync("again", Body);
        Assert.AreEqual((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.AreEqual(
            (await RunningSilo.ReadAsync(first)).GetProperty("payment_id").GetString(),
            (await RunningSilo.ReadAsync(second)).GetProperty("payment_id").GetString());
    }

    [TestMethod]
    public async Task Submit_SameKeyOtherAmount_IsAConflictThatSaysWhatDiffers()
    {
        using var first = await silo.SubmitAsync("conflict", Body);
        using var second = await silo.SubmitAsync("conflict", Body.Replace("4999", "5000", StringComparison.Ordinal));
        Assert.AreEqual(HttpStatusCode.Conflict, second.StatusCode);
        Assert.AreEqual("amount_minor", (await ProblemAsync(second)).GetProperty("differs")[0].GetString());
    }

    [TestMethod]
    public async Task Submit_PreferWait_AnswersWithTheFirstAttempt()
    {
        using var answer = await silo.SubmitAsync("wait", Body, ("Prefer", "respond-async, wait=10"));
        Assert.AreEqual("wait=10", answer.Headers.GetValues("Preference-Applied").Single());
        var payment = await RunningSilo.ReadAsync(answer);
        Assert.AreNotEqual("submitted", payment.GetProperty("status").GetString());
        Assert.AreNotEqual("charging", payment.GetProperty("status").GetString());
    }

    [TestMethod]
    [DataRow("not json", 400)]
    [DataRow("[1]", 400)]
    [DataRow("", 400)]
    [DataRow("{\"amount_minor\":1,\"amount_minor\":2}", 400)]
    [DataRow("{\"a\":1} {}", 400)]
    public async Task Submit_NoObject_IsRefused(string body, int status)
    {
        using var answer = await silo.SubmitAsync("bad", body);
        Assert.AreEqual(status, (int)answer.StatusCode);
        await ProblemAsync(answer);
    }

    [TestMethod]
    public async Task Submit_WrongValues_AreListedByField()
    {
        using var answer = await silo.PostAsync("/payments", """{"merchant_id":" n/a ","amount_minor":"12","currency":"CHF","card_country":"us"}""");
        Assert.AreEqual(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var errors = (await ProblemAsync(answer)).GetProperty("errors").EnumerateObject().Select(static error => error.Name).ToArray();
        CollectionAssert.AreEquivalent(new[] { "Idempotency-Key", "customer_id", "merchant_id", "amount_minor", "currency", "card_country" }, errors);
    }

    [TestMethod]
    public async Task Submit_CardNumberAnywhere_IsRefusedAndNotRepeated()
    {
        const string Number = "4242 4242 4242 4242";
        using var answer = await silo.SubmitAsync("card", Body.Replace("A-17", Number, StringComparison.Ordinal));
        Assert.AreEqual(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await ProblemAsync(answer);
        Assert.IsTrue(problem.GetProperty("errors").TryGetProperty("metadata.order", out _));
        Assert.DoesNotContain("4242", problem.GetRawText());
    }

    [TestMethod]
    public async Task Submit_LargerThan64KiB_IsTooLarge()
    {
        using var answer = await silo.SubmitAsync("large", $$"""{"x":"{{new string('x', 70_000)}}"}""");
        Assert.AreEqual(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        await ProblemAsync(answer);
    }

    [TestMethod]
    [DataRow("/payments/pay_00000000000000000000000000")]
    [DataRow("/payments/4242424242424242")]
    [DataRow("/nowhere")]
    public async Task Get_Unknown_IsNotFound(string path)
    {
        using var answer = await silo.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.AreEqual(HttpStatusCode.NotFound, answer.StatusCode);
        await ProblemAsync(answer);
    }

    [TestMethod]
    public async Task Commands_OnUnknownPayment_AreNotFound()
    {
        foreach (var command in new[] { "cancel", "paid", "refund" })
        {
            using var answer = await silo.PostAsync($"/payments/pay_00000000000000000000000000/{command}", "", ("Idempotency-Key", "r"));
            Assert.AreEqual(HttpStatusCode.NotFound, answer.StatusCode, command);
        }
    }

    [TestMethod]
    public async Task Refund_MoreThanThePayment_IsRefused()
    {
        using var submitted = await silo.SubmitAsync("refund", Body, ("Prefer", "wait=10"));
        var id = (await RunningSilo.ReadAsync(submitted)).GetProperty("payment_id").GetString();
        using var answer = await silo.PostAsync($"/payments/{id}/refund", """{"amount_minor":999999}""", ("Idempotency-Key", "too much"));
        Assert.AreEqual(HttpStatusCode.Conflict, answer.StatusCode);
        using var noKey = await silo.PostAsync($"/payments/{id}/refund", "");
        Assert.AreEqual(HttpStatusCode.UnprocessableEntity, noKey.StatusCode);
    }

    [TestMethod]
    public async Task Customer_Put_IsThereOnGet()
    {
        using var put = await silo.Client.PutAsync(
            new Uri("/customers/cus_put", UriKind.Relative),
            new StringContent("""{"time_zone":"Europe/Berlin","cards":[{"card_id":"a","card_network":"VISA"},{"card_id":"b"}]}"""));
        Assert.AreEqual(HttpStatusCode.OK, put.StatusCode, await put.Content.ReadAsStringAsync());
        using var get = await silo.Client.GetAsync(new Uri("/customers/cus_put", UriKind.Relative));
        var customer = await RunningSilo.ReadAsync(get);
        Assert.AreEqual("Europe/Berlin", customer.GetProperty("time_zone").GetString());
        Assert.AreEqual("visa", customer.GetProperty("cards")[0].GetProperty("card_network").GetString());
    }

    [TestMethod]
    public async Task Customer_WrongProfile_IsListedByField()
    {
        using var put = await silo.Client.PutAsync(
            new Uri("/customers/cus_bad", UriKind.Relative), new StringContent("""{"time_zone":"Mars/Olympus","cards":[{"card_country":"XX"},3]}"""));
        Assert.AreEqual(HttpStatusCode.UnprocessableEntity, put.StatusCode);
        var errors = (await ProblemAsync(put)).GetProperty("errors").EnumerateObject().Select(static error => error.Name).ToArray();
        CollectionAssert.AreEquivalent(new[] { "time_zone", "cards[0].card_id", "cards[0].card_country", "cards[1]" }, errors);
    }

    [TestMethod]
    public async Task Card_Updated_IsKept()
    {
        using var answer = await silo.PostAsync("/cards/card_9/updated", "");
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode, await answer.Content.ReadAsStringAsync());
        Assert.AreNotEqual(JsonValueKind.Null, (await RunningSilo.ReadAsync(answer)).GetProperty("updated_at").ValueKind);
    }

    [TestMethod]
    public async Task Preview_Context_IsDecided()
    {
        using var answer = await silo.PostAsync("/strategy/preview", """
            {"payment_id":"pay_1","merchant_id":"mer_1","amount_minor":4999,"currency":"USD","now":"2026-11-23T10:00:00Z",
             "last_decline":{"at":"2026-11-23T09:59:00Z","failure_code":"insufficient_funds","network_code":"51"},
             "first_decline_at":"2026-11-23T09:59:00Z","retries":0,"card_id":"card_1","card_network":"visa"}
            """);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode, await answer.Content.ReadAsStringAsync());
        Assert.AreEqual("same_card", (await RunningSilo.ReadAsync(answer)).GetProperty("method").GetString());
    }

    [TestMethod]
    public async Task Preview_WithoutDecline_SaysWhatIsWrong()
    {
        using var answer = await silo.PostAsync("/strategy/preview", """{"payment_id":"pay_1","currency":"USD"}""");
        Assert.AreEqual(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        await ProblemAsync(answer);
    }

    [TestMethod]
    [DataRow("/health/live")]
    [DataRow("/health/ready")]
    [DataRow("/metrics")]
    [DataRow("/openapi/v1.json")]
    [DataRow("/dashboard/")]
    public async Task Get_Operations_Answers(string path)
    {
        using var answer = await silo.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [TestMethod]
    public async Task Metrics_AfterAPayment_HaveOrleansAndOurs()
    {
        using var submitted = await silo.SubmitAsync("metrics", Body);
        var metrics = await silo.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        StringAssert.Contains(metrics, "recoup_storage_writes");
        StringAssert.Contains(metrics, "orleans_");
    }

    [TestMethod]
    public async Task Post_FromAnotherSitesPage_IsRefused()
    {
        using var answer = await silo.SubmitAsync("browser", Body, ("Sec-Fetch-Site", "cross-site"));
        Assert.AreEqual(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [TestMethod]
    public async Task Post_UnderAnotherHostName_IsRefused()
    {
        using var answer = await silo.SubmitAsync("rebinding", Body, ("Host", "evil.example"));
        Assert.AreEqual(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer)
    {
        Assert.AreEqual("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await RunningSilo.ReadAsync(answer);
        Assert.AreEqual((int)answer.StatusCode, problem.GetProperty("status").GetInt32());
        return problem;
    }
}
