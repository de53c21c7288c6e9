using System.Net;
using System.Text.Json;
using Recoup.Events;

namespace Recoup.Silo.Tests.Lake;

/// <summary>The endpoint over a running silo; what a kill or a rival leaves is tested at the engine (Lakehouse.Tests).</summary>
[TestClass]
public sealed class BackfillTests
{
    private static LakeSilo lake = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _) => lake = await LakeSilo.StartAsync();

    [ClassCleanup]
    public static async Task StopAsync() => await lake.DisposeAsync();

    [TestMethod]
    public async Task Backfill_OfEverything_ReplacesEachRowOnce()
    {
        for (var index = 0; index < 12; index++)
        {
            await lake.PublishAsync(Topics.Charges, LakeSilo.Charge($"back_{index}", index % 3 == 0 ? "\"CHF\"" : "\"USD\""), index % 4);
        }

        await lake.WaitForAsync(Rows, "8,4");
        var before = await lake.QueryAsync("select max(ingested_at) from bronze.payment_charges");

        var first = await lake.PostAsync("/pipeline/backfill", new { topic = Topics.Charges, records_max = 7 });
        var rest = await lake.PostAsync("/pipeline/backfill", new { topic = Topics.Charges, ranges = first.GetProperty("left"), records_max = 100 });

        Assert.AreEqual(7, first.GetProperty("records").GetInt32());
        Assert.AreEqual(5, rest.GetProperty("records").GetInt32());
        Assert.AreEqual(0, rest.GetProperty("left").GetArrayLength());
        Assert.IsTrue(rest.GetProperty("tables").EnumerateArray().All(table => table.GetProperty("rows_before").GetInt64() == table.GetProperty("rows_after").GetInt64()));
        Assert.AreEqual("8,4", await lake.QueryAsync(Rows));
        Assert.AreEqual("8,8", await lake.QueryAsync($"select count(distinct event_id), count(*) from bronze.payment_charges where ingested_at > '{before}'::timestamptz"));
        await lake.PublishAsync(Topics.Charges, LakeSilo.Charge("after", "\"USD\""));
        await lake.WaitForAsync(Rows, "9,4");
    }

    private const string Rows = "select (select count(*) from bronze.payment_charges), (select count(*) from bronze.quarantine_payment_charges)";

    [TestMethod]
    [DataRow("""{"topic":"payments.requests"}""", "topic")]
    [DataRow("""{"topic":"payments.charges","from":"yesterday"}""", "from")]
    [DataRow("""{"topic":"payments.charges","to":-1}""", "to")]
    [DataRow("""{"topic":"payments.charges","partition":"all"}""", "partition")]
    [DataRow("""{"topic":"payments.charges","records_max":100001}""", "records_max")]
    [DataRow("""{"topic":"payments.charges","ranges":[{"partition":0,"from":"x","to":1}]}""", "ranges[0].from")]
    public async Task Backfill_WrongRequest_NamesTheField(string body, string field)
    {
        using var answer = await lake.Silo.PostAsync("/pipeline/backfill", body);

        Assert.AreEqual(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        StringAssert.Contains(await answer.Content.ReadAsStringAsync(), $"\"{field}\"");
    }

    [TestMethod]
    public async Task Backfill_PartitionThatIsNone_SaysWhichThereAre()
    {
        var problem = await lake.PostAsync("/pipeline/backfill", new { topic = Topics.Refunds, partition = 9 }, HttpStatusCode.Conflict);

        StringAssert.Contains(problem.GetProperty("detail").GetString(), "0 to 3");
    }

    [TestMethod]
    public async Task Backfill_NothingThere_DoesNothing()
    {
        var result = await lake.PostAsync("/pipeline/backfill", new { topic = Topics.Disputes });

        Assert.AreEqual(0, result.GetProperty("records").GetInt32());
        Assert.AreEqual(JsonValueKind.Array, result.GetProperty("done").ValueKind);
    }
}
