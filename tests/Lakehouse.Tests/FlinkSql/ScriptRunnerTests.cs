using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>The runner from a topic in memory into real tables.</summary>
[TestClass]
public sealed class ScriptRunnerTests
{
    private const int Partitions = 4;

    private static readonly ScriptPlan Refunds = ScriptPlan.Compile("refunds.sql", File.ReadAllText(Path.Combine(ScriptRun.Folder, "refunds.sql")));

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task RunBatch_UntilTheEnd_EachRecordIsInOneTableOnce()
    {
        using var lake = await LakeFixture.CreateAsync();
        var topic = Topic(500, index => index % 7 == 0 ? "not json" : Refund(index, "2026-11-23"));
        using var runner = await OpenAsync(lake, topic, new ScriptRunnerOptions { RowsMax = 128 });
        runner.Begin(CancellationToken.None);

        RunToTheEnd(runner);

        await AssertOnceAsync(lake, topic);
        Assert.AreEqual(500, runner.Progress.Records);
        Assert.HasCount((500 + 6) / 7, await lake.RecordsAsync("quarantine_payment_refunds"));
    }

    [TestMethod]
    public async Task RunBatch_FailuresAroundCommits_StillEachRecordOnce()
    {
        var seed = Environment.TickCount;
        TestContext.WriteLine($"seed {seed}");
        using var lake = await LakeFixture.CreateAsync();
        var topic = Topic(600, index => index % 5 == 0 ? "{" : Refund(index, "2026-11-23"));
        var sink = new FailingSink(await IcebergTableSink.OpenAsync(lake.Catalog, Refunds, TimeProvider.System, CancellationToken.None), new Random(seed));
        var left = true;
        while (left)
        {
            // Each failure ends the process: the next one knows only what the tables hold.
            using var runner = new ScriptRunner(
                Refunds, new RecordListSource(topic), sink, new ScriptRunnerOptions { RowsMax = 20 }, TimeProvider.System, NullLogger<ScriptRunner>.Instance);
            runner.Begin(CancellationToken.None);
            left = IsEndedByFailure(runner);
        }

        Assert.IsGreaterThan(0, sink.Failures);
        await AssertOnceAsync(lake, topic);
    }

    [TestMethod]
    public async Task RunBatch_HostileDates_NoBatchTouchesMoreDaysThanAllowed()
    {
        using var lake = await LakeFixture.CreateAsync();
        var topic = Topic(60, index => Refund(index, $"{2000 + (index * 13)}-01-01"));
        using var runner = await OpenAsync(lake, topic, new ScriptRunnerOptions { RowsMax = 50, DaysMax = 4 });
        runner.Begin(CancellationToken.None);
        RunToTheEnd(runner);

        var days = await lake.DaysOfCommitsAsync("payment_refunds");
        Assert.IsTrue(days.All(count => count <= 4), string.Join(", ", days));
        await AssertOnceAsync(lake, topic);
    }

    [TestMethod]
    public async Task CommitAsync_AnotherReaderWasFaster_NothingIsWrittenTwice()
    {
        using var lake = await LakeFixture.CreateAsync();
        var topic = Topic(40, index => Refund(index, "2026-11-23"));
        using var first = await OpenAsync(lake, topic, new ScriptRunnerOptions());
        using var second = await OpenAsync(lake, topic, new ScriptRunnerOptions());
        first.Begin(CancellationToken.None);
        second.Begin(CancellationToken.None);
        RunToTheEnd(first);

        Assert.ThrowsExactly<OffsetsMovedException>(() => RunToTheEnd(second));

        await AssertOnceAsync(lake, topic);
    }

    private static async Task<ScriptRunner> OpenAsync(LakeFixture lake, IReadOnlyList<SourceRecord> topic, ScriptRunnerOptions options) => new(
        Refunds,
        new RecordListSource(topic),
        await IcebergTableSink.OpenAsync(lake.Catalog, Refunds, TimeProvider.System, CancellationToken.None),
        options,
        TimeProvider.System,
        NullLogger<ScriptRunner>.Instance);

    private static void RunToTheEnd(ScriptRunner runner)
    {
        while (runner.RunBatch(CancellationToken.None) > 0)
        {
            Assert.IsNull(runner.Progress.Failure);
        }
    }

    private static bool IsEndedByFailure(ScriptRunner runner)
    {
        try
        {
            RunToTheEnd(runner);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static async Task AssertOnceAsync(LakeFixture lake, IReadOnlyList<SourceRecord> topic)
    {
        var found = (await lake.RecordsAsync("payment_refunds")).Concat(await lake.RecordsAsync("quarantine_payment_refunds")).Order().ToList();
        CollectionAssert.AreEqual(topic.Select(record => (record.Partition, record.Offset)).Order().ToList(), found);
    }

    private static List<SourceRecord> Topic(int count, Func<int, string> value) => [.. Enumerable.Range(0, count)
        .Select(index => new SourceRecord(index % Partitions, index / Partitions, DateTimeOffset.UnixEpoch, null, Encoding.UTF8.GetBytes(value(index))))];

    private static string Refund(int index, string day) =>
        $$"""{"event_id":"evt_{{index}}","event_type":"refund.succeeded","schema_version":1,"created_at":"{{day}}T09:30:00Z","refund_id":"re_{{index}}","payment_id":"pay_{{index}}","customer_id":"cus_1","merchant_id":"mer_1","amount_minor":{{index + 1}},"currency":"USD","status":"succeeded"}""";
}
