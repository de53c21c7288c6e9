using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Recoup.Events;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Silo.Lake.Quarantine;
using Recoup.Silo.Lake.Scripts;
using Recoup.Silo.Settings;
using Recoup.Streaming.Kafka.Producing;

namespace Recoup.Silo.Tests.Lake;

/// <summary>Corrected records go through the real log and the real validation; only lost answers are made by a producer of the tests' own.</summary>
[TestClass]
public sealed class ReplayTests
{
    private static readonly ValidatedTopic Charges = ValidatedTopic.Find(Topics.Charges)!;
    private static LakeSilo lake = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _) => lake = await LakeSilo.StartAsync();

    [ClassCleanup]
    public static async Task StopAsync() => await lake.DisposeAsync();

    [TestMethod]
    public async Task Replay_Twice_IsPublishedOnceAndStandsInBronzeOnce()
    {
        var original = await QuarantinedAsync("twice", "\"CHF\"");

        var first = await ReplayAsync(original, new { currency = "USD" });
        var second = await ReplayAsync(original, new { currency = "USD" });

        Assert.AreEqual("published", Text(first, "status"));
        Assert.AreEqual("already_replayed", Text(second, "status"));
        Assert.AreEqual(Text(first, "replay"), Text(second, "replay"));
        await lake.WaitForAsync("select count(*), min(currency) from bronze.payment_charges where event_id = 'twice'", "1,USD");
        var (_, headers) = Linked(original).Single();
        Assert.AreEqual("charge.succeeded", headers["event-type"]);
        Assert.AreEqual("1", headers["replay-attempt"]);
        Assert.AreEqual(
            Text(first, "replay"),
            await lake.QueryAsync("select concat('payments.charges/', kafka_partition, '/', kafka_offset) from bronze.payment_charges where event_id = 'twice'"));
    }

    [TestMethod]
    public async Task Replay_OtherContentAfterwards_IsRefused()
    {
        var original = await QuarantinedAsync("other", "null");
        await ReplayAsync(original, new { currency = "USD" });

        var other = await ReplayAsync(original, new { currency = "EUR" });

        Assert.AreEqual("refused", Text(other, "status"));
        StringAssert.Contains(Text(other, "message"), "counts once");
        Assert.HasCount(1, Linked(original));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Replay_AnswerLost_IsFoundInTheLogOrPublishedByTheNextCall(bool arrives)
    {
        var eventId = arrives ? "lost_after" : "lost_before";
        var original = await QuarantinedAsync(eventId, "\"CHF\"");
        var address = RecordAddress.Parse(original);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var dying = Replayer(new DeafProducer(RealProducer, arrives), clock);
        using var other = Replayer(RealProducer, clock);

        var lost = await dying.ReplayAsync(Charges, [address], Set("currency", "USD"), rehearses: false, CancellationToken.None);
        var next = await other.ReplayAsync(Charges, [address], Set("currency", "USD"), rehearses: false, CancellationToken.None);
        clock.Advance(ReplayCase.UnderWayMax);
        var later = await other.ReplayAsync(Charges, [address], Set("currency", "USD"), rehearses: false, CancellationToken.None);

        Assert.AreEqual(ReplayStatus.Unknown, lost.Single().Status);
        Assert.AreEqual(arrives ? ReplayStatus.AlreadyReplayed : ReplayStatus.Unknown, next.Single().Status, "what is not there may still be under way");
        Assert.AreEqual(arrives ? ReplayStatus.AlreadyReplayed : ReplayStatus.Published, later.Single().Status);
        Assert.HasCount(1, Linked(original));
        await lake.WaitForAsync($"select count(*) from bronze.payment_charges where event_id = '{eventId}'", "1");
    }

    [TestMethod]
    public async Task Replay_TwoSilosAtTheSameTime_PublishesOnce()
    {
        var original = await QuarantinedAsync("rivals", "\"CHF\"");
        var address = RecordAddress.Parse(original);
        using var one = Replayer(RealProducer);
        using var two = Replayer(RealProducer);

        var outcomes = await Task.WhenAll(
            one.ReplayAsync(Charges, [address], Set("currency", "USD"), rehearses: false, CancellationToken.None),
            two.ReplayAsync(Charges, [address], Set("currency", "USD"), rehearses: false, CancellationToken.None));

        Assert.AreEqual(1, outcomes.Count(outcome => outcome.Single().Status is ReplayStatus.Published));
        Assert.HasCount(1, Linked(original));
        Assert.AreEqual("1,1", await lake.QueryAsync("select count(distinct attempt), count(distinct replay_offset) from bronze.replays where event_id = 'rivals'"));
    }

    [TestMethod]
    public async Task Replay_DryRun_ValidatesAndPublishesNothing()
    {
        var original = await QuarantinedAsync("dry", "\"CHF\"");

        var right = await ReplayAsync(original, new { currency = " usd " }, dryRun: true);
        var wrong = await ReplayAsync(original, new { currency = "XXX", amount_minor = "many" }, dryRun: true);

        Assert.AreEqual("would_be_published", Text(right, "status"));
        Assert.AreEqual("still_wrong", Text(wrong, "status"));
        CollectionAssert.AreEqual(
            new[] { "invalid_amount_minor", "unsupported_currency" }, wrong.GetProperty("reasons_left").EnumerateArray().Select(reason => reason.GetString()).ToArray());
        Assert.IsEmpty(Linked(original));
        Assert.AreEqual("0", await lake.QueryAsync("select count(*) from bronze.replays where event_id = 'dry'"));
    }

    [TestMethod]
    public async Task Replay_WithoutEventId_GetsOneThatEveryReplayWouldGet()
    {
        var original = await lake.PublishAsync(Topics.Charges, LakeSilo.Charge("noid", "\"USD\"").Replace("\"event_id\":\"noid\"", "\"event_id\":\"n/a\"", StringComparison.Ordinal));
        await WaitForQuarantineAsync(original);

        var replayed = await ReplayAsync(original, new { event_id = (string?)null });

        Assert.AreEqual("published", Text(replayed, "status"));
        Assert.AreEqual($"replay:{original}", Text(replayed, "event_id"));
    }

    [TestMethod]
    public async Task Replay_AnotherEventId_IsRefused()
    {
        var original = await QuarantinedAsync("keeps", "\"CHF\"");

        var replayed = await ReplayAsync(original, new { currency = "USD", event_id = "another" });

        Assert.AreEqual("refused", Text(replayed, "status"));
        StringAssert.Contains(Text(replayed, "message"), "keeps");
    }

    [TestMethod]
    public async Task Replay_CardNumber_IsNeitherPublishedNorShown()
    {
        const string Number = "4242 4242 4242 4242";
        var original = await lake.PublishAsync(Topics.Charges, LakeSilo.Charge("card", "\"USD\"").Replace("\"cus_1\"", $"\"{Number}\"", StringComparison.Ordinal));
        await WaitForQuarantineAsync(original);

        var left = await ReplayAsync(original, new { merchant_id = "mer_2" });
        var again = await ReplayAsync(original, new { customer_id = "cus_2", note = Number });
        var right = await ReplayAsync(original, new { customer_id = "cus_2" });

        Assert.AreEqual("refused", Text(left, "status"), "where the number was, something has to be set");
        Assert.AreEqual("refused", Text(again, "status"), "a field that no column is made of may not hold one either");
        Assert.AreEqual("published", Text(right, "status"));
        Assert.IsFalse($"{left}{again}{right}".Contains("4242", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task Replay_TruncatedRecord_NeedsTheWholeOne()
    {
        var original = await lake.PublishAsync(Topics.Charges, """{"event_id":"cut","ev""");
        await WaitForQuarantineAsync(original);

        var set = await ReplayAsync(original, new { currency = "USD" });
        var whole = await lake.PostAsync("/quarantine/replays", new { originals = new[] { original }, record = Encoding.UTF8.GetBytes(LakeSilo.Charge("cut", "\"USD\"")) });

        Assert.AreEqual("refused", Text(set, "status"));
        StringAssert.Contains(Text(set, "message"), "whole corrected record");
        Assert.AreEqual("published", Text(whole.GetProperty("replays")[0], "status"));
        await lake.WaitForAsync("select count(*) from bronze.payment_charges where event_id = 'cut'", "1");
    }

    [TestMethod]
    public async Task Replay_NotInQuarantine_SaysSo() =>
        Assert.AreEqual("not_quarantined", Text(await ReplayAsync("payments.charges/3/999999", new { currency = "USD" }), "status"));

    [TestMethod]
    [DataRow("""{"set":{"currency":"USD"}}""", "originals")]
    [DataRow("""{"originals":["payments.requests/0/1"],"set":{"currency":"USD"}}""", "originals[0]")]
    [DataRow("""{"originals":["payments.charges/0/1"]}""", "set")]
    [DataRow("""{"originals":["payments.charges/0/1","payments.charges/0/2"],"record":"e30="}""", "record")]
    [DataRow("""{"originals":["payments.charges/0/1"],"set":{"a..b":1}}""", "set")]
    [DataRow("""{"originals":["payments.charges/0/1"],"set":{"a":1},"dry_run":"yes"}""", "dry_run")]
    public async Task Replay_WrongRequest_NamesTheField(string body, string field)
    {
        using var answer = await lake.Silo.PostAsync("/quarantine/replays", body);

        Assert.AreEqual(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        StringAssert.Contains(await answer.Content.ReadAsStringAsync(), $"\"{field}\"");
    }

    private static IKafkaProducer RealProducer => lake.Silo.Host.Services.GetRequiredKeyedService<IKafkaProducer>(EventStreams.ProviderName);

    private static Replayer Replayer(IKafkaProducer producer, TimeProvider? clock = null)
    {
        var services = lake.Silo.Host.Services;
        return new Replayer(
            services.GetRequiredService<ICatalog>(), new ScriptLibrary(), services.GetRequiredService<IOptions<KafkaOptions>>(), producer, clock ?? TimeProvider.System);
    }

    private static Correction Set(string field, string value) =>
        new(null, new Dictionary<string, JsonElement> { [field] = JsonSerializer.SerializeToElement(value) });

    private static string? Text(JsonElement outcome, string field) => outcome.GetProperty(field).GetString();

    private static List<(string Value, Dictionary<string, string> Headers)> Linked(string original) =>
        [.. lake.Read(Topics.Charges).Where(record => record.Headers.GetValueOrDefault("replay-of") == original)];

    private static async Task<string> QuarantinedAsync(string eventId, string currency)
    {
        var original = await lake.PublishAsync(Topics.Charges, LakeSilo.Charge(eventId, currency));
        await WaitForQuarantineAsync(original);
        return original;
    }

    private static Task WaitForQuarantineAsync(string original)
    {
        var address = RecordAddress.Parse(original);
        return lake.WaitForAsync(
            string.Create(CultureInfo.InvariantCulture, $"select count(*) from bronze.quarantine_payment_charges where kafka_partition = {address.Partition} and kafka_offset = {address.Offset}"), "1");
    }

    private static async Task<JsonElement> ReplayAsync(string original, object set, bool dryRun = false) =>
        (await lake.PostAsync("/quarantine/replays", new { originals = new[] { original }, set, dry_run = dryRun })).GetProperty("replays")[0];

    /// <summary>Says that nobody acknowledged the record, whether or not it has reached the log.</summary>
    private sealed class DeafProducer(IKafkaProducer real, bool publishes) : IKafkaProducer
    {
        public async Task<RecordPosition> PublishAsync(KafkaMessage message, CancellationToken cancellationToken = default)
        {
            if (publishes)
            {
                await real.PublishAsync(message, cancellationToken);
            }

            throw new KafkaPublishException("Nobody answered.", [new PublishFailure(0, message.Topic, "Local_MsgTimedOut", "timed out", MayBeInLog: true)]);
        }

        public Task<IReadOnlyList<RecordPosition>> PublishAsync(IReadOnlyList<KafkaMessage> messages, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
