using System.Text;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>Events of the providers: real payloads, and bad ones for each rule.</summary>
[TestClass]
public sealed class ProviderInputTests
{
    [TestMethod]
    [TestCategory("Golden")]
    [DataRow("stripe", "stripe_payments", 30)]
    [DataRow("square", "square_payments", 21)]
    public void Provider_RealPayloads_AllReachBronze(string provider, string table, int count)
    {
        var files = Directory.GetFiles(GoldenData.Find(Path.Combine("inputs", provider)), "*.json").Order(StringComparer.Ordinal).ToList();
        using var run = ScriptRun.Of($"{provider}.sql", [.. files.Select((file, index) => Record(index, File.ReadAllBytes(file)))]);

        var rows = run.Rows(table);

        Assert.IsEmpty(run.Rows($"quarantine_{table}"));
        Assert.HasCount(files.Count, rows);
        Assert.IsGreaterThanOrEqualTo(count, files.Count);
        foreach (var row in rows)
        {
            var file = files[(int)(long)row["kafka_offset"]!];
            Assert.AreEqual(Path.GetFileNameWithoutExtension(file), row["event_type"]);
            Assert.AreEqual(File.ReadAllText(file), row["raw_event"]);
        }
    }

    [TestMethod]
    public void Stripe_Events_AreTakenApart()
    {
        var rows = Run("stripe", """{"id":"evt_1","type":"charge.failed","created":1648320028,"data":{"object":{"id":"ch_1","object":"charge","amount":2000,"currency":"usd","payment_intent":{"id":"pi_1"},"customer":"cus_1","status":"failed","failure_code":"card_declined"}}}""",
            """{"id":"evt_2","type":"payment_intent.payment_failed","created":"1648320029","data":{"object":{"id":"pi_2","object":"payment_intent","amount":0,"currency":"eur","last_payment_error":{"code":"card_declined","decline_code":"lost_card"}}}}""",
            """{"id":"evt_3","type":"never.heard.of","created":1648320030}""").Bronze;

        Assert.AreEqual("evt_1|charge.failed|ch_1|pi_1|cus_1|2000|USD|failed|card_declined|2022-03-26T18:40:28", Shown(rows[0]));
        Assert.AreEqual("evt_2|payment_intent.payment_failed|pi_2|pi_2||0|EUR||lost_card|2022-03-26T18:40:29", Shown(rows[1]));
        Assert.AreEqual("evt_3|never.heard.of||||||||2022-03-26T18:40:30", Shown(rows[2]));
    }

    [TestMethod]
    public void Square_Events_AreTakenApart()
    {
        var rows = Run("square", """{"event_id":"e1","type":"refund.created","created_at":"2026-11-23T09:30:00Z","data":{"type":"refund","id":"r_1","object":{"refund":{"id":"r_1","payment_id":"p_1","status":"PENDING","amount_money":{"amount":150,"currency":"GBP"}}}}}""",
            """{"event_id":"e2","type":"payment.updated","created_at":"2026-11-23T11:30:00+02:00","data":{"type":"payment","id":"p_2","object":{"payment":{"id":"p_2","customer_id":"c_2","status":"FAILED","card_details":{"errors":[{"code":"CVV_FAILURE"}]},"amount_money":{"amount":"900","currency":"jpy"}}}}}""").Bronze;

        Assert.AreEqual("e1|refund.created|r_1|p_1||150|GBP|PENDING||2026-11-23T09:30:00", Shown(rows[0]));
        Assert.AreEqual("e2|payment.updated|p_2|p_2|c_2|900|JPY|FAILED|CVV_FAILURE|2026-11-23T09:30:00", Shown(rows[1]));
    }

    [TestMethod]
    [DataRow("""{"type":"charge.failed","created":1}""", "missing_event_id")]
    [DataRow("""{"id":" null ","type":{},"created":"x"}""", "missing_event_id;invalid_event_type;invalid_created_at")]
    [DataRow("""{"id":"e","type":"t"}""", "missing_created_at")]
    [DataRow("""{"id":"e","type":"t","created":1.5}""", "invalid_created_at")]
    [DataRow("""{"id":"e","type":"t","created":999999999999}""", "invalid_created_at")]
    [DataRow("""{"id":"e","type":"t","created":1,"data":{"object":{"amount":-1,"currency":"chf"}}}""", "amount_out_of_range;unsupported_currency")]
    [DataRow("""{"id":"e","type":"t","created":1,"data":{"object":{"amount":"1e3"}}}""", "invalid_amount_minor")]
    [DataRow("""{"id":"e","type":"t","created":1,"data":{"object":{"description":"paid by 4111 1111 1111 1111"}}}""", "card_number_present")]
    [DataRow("""{"id":"e","type":"t","created":1}x""", "malformed_json")]
    public void Stripe_BadEvents_AreRefusedWithEveryReason(string json, string reasons)
    {
        var quarantine = Run("stripe", json).Quarantine;

        Assert.AreEqual(reasons, quarantine.Single()["rejection_reason"]);
    }

    [TestMethod]
    public void Stripe_TelephoneNumber_IsNoCard()
    {
        var run = Run("stripe", """{"id":"e","type":"t","created":1,"data":{"object":{"phone":"+4915112345678"}}}""");

        Assert.HasCount(1, run.Bronze);
    }

    private static string Shown(IReadOnlyDictionary<string, object?> row) => string.Join('|',
        row["event_id"], row["event_type"], row["object_id"], row["payment_ref"], row["customer_ref"], row["amount_minor"], row["currency"], row["status"], row["failure_code"],
        ((DateTime)row["created_at"]!).ToString("s", System.Globalization.CultureInfo.InvariantCulture));

    private static (List<IReadOnlyDictionary<string, object?>> Bronze, List<IReadOnlyDictionary<string, object?>> Quarantine) Run(string provider, params string[] events)
    {
        using var run = ScriptRun.Of($"{provider}.sql", [.. events.Select((text, index) => Record(index, Encoding.UTF8.GetBytes(text)))]);
        return ([.. run.Rows($"{provider}_payments").OrderBy(row => row["kafka_offset"])], [.. run.Rows($"quarantine_{provider}_payments")]);
    }

    private static SourceRecord Record(int offset, byte[] value) => new(0, offset, DateTimeOffset.UnixEpoch, null, value);
}
