using System.Net;
using Recoup.Silo.Tests.Hosting;

namespace Recoup.Silo.Tests.Lake;

/// <summary>The lake of a silo that runs as it does for everybody: what a payment says in the log stands in bronze, once, and can be asked for.</summary>
[TestClass]
public sealed class LakeTests
{
    private const string Payment = """{"customer_id":"cus_l","merchant_id":"mer_l","amount_minor":4999,"currency":"USD","card_id":"card_l"}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static RunningSilo silo = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _) => silo = await RunningSilo.StartAsync();

    [ClassCleanup]
    public static async Task StopAsync() => await silo.DisposeAsync();

    [TestMethod]
    public async Task Payment_Submitted_StandsInBronzeAndNotInQuarantine()
    {
        using var submitted = await silo.SubmitAsync("lake-1", Payment);
        var paymentId = (await RunningSilo.ReadAsync(submitted)).GetProperty("payment_id").GetString();

        using var patience = new CancellationTokenSource(Patience);
        using var rounds = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var rows = "";
        while (rows.Length == 0)
        {
            rows = await QueryAsync($"select event_id, amount_minor, currency from bronze.payment_charges where payment_id = '{paymentId}'");
            await rounds.WaitForNextTickAsync(patience.Token);
        }

        Assert.AreEqual($"{paymentId}:1,4999,USD", rows);
        Assert.AreEqual("0", await QueryAsync("select count(*) from bronze.quarantine_payment_charges"));
    }

    [TestMethod]
    [DataRow("""{"sql":"drop table bronze.payment_charges"}""", HttpStatusCode.UnprocessableEntity)]
    [DataRow("""{"sql":"select * from read_csv('/etc/passwd')"}""", HttpStatusCode.UnprocessableEntity)]
    [DataRow("""{"sql":"select 1 +"}""", HttpStatusCode.BadRequest)]
    [DataRow("""{"statement":"select 1"}""", HttpStatusCode.UnprocessableEntity)]
    [DataRow("select 1", HttpStatusCode.BadRequest)]
    public async Task Query_ThatIsNotAllowed_IsRefused(string body, HttpStatusCode status)
    {
        using var answer = await silo.PostAsync("/query", body);
        Assert.AreEqual(status, answer.StatusCode, await answer.Content.ReadAsStringAsync());
        Assert.AreEqual("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [TestMethod]
    public async Task Iceberg_Namespaces_AreServed()
    {
        using var answer = await silo.Client.GetAsync(new Uri("/iceberg/v1/namespaces/bronze/tables", UriKind.Relative));
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
        StringAssert.Contains(await answer.Content.ReadAsStringAsync(), "quarantine_stripe_payments");
    }

    /// <summary>The rows as CSV, without the head.</summary>
    private static async Task<string> QueryAsync(string sql)
    {
        using var answer = await silo.PostAsync("/query", $$"""{"sql":"{{sql}}"}""", ("Accept", "text/csv"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode, text);
        return text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..].Trim();
    }
}
