using Microsoft.Extensions.Logging.Abstractions;
using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>Each record is in bronze or quarantine exactly once, whatever fails and when.</summary>
[TestClass]
public sealed class ScriptRunnerTests
{
    private static readonly ScriptPlan Refunds = ScriptPlan.Compile("refunds.sql", File.ReadAllText(Path.Combine(ScriptRun.Folder, "refunds.sql")));

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task RunToEndAsync_GoodAndBadRecords_EachIsInOneTableOnce()
    {
        using var lake = await LakeFixture.CreateAsync();
        var topic = RefundTopic.Of(500, index => index % 7 == 0 ? "not json" : RefundTopic.Refund(index, "2026-11-23"));
        using var runner = Runner(topic, await OpenAsync(lake), new ScriptRunnerOptions { RowsMax = 128 });

        await runner.RunToEndAsync(TestContext.CancellationToken);

        await AssertOnceAsync(lake, topic);
        Assert.AreEqual(500, runner.Progress.Records);
        Assert.AreEqual(0, runner.Progress.Lag);
        Assert.IsNull(runner.Progress.Failure);
        Assert.HasCount(72, await lake.RecordsAsync("quarantine_payment_refunds"));
    }

    [TestMethod]
    public async Task RunToEndAsync_FailuresAroundFilesAndCommits_StillEachRecordOnce()
    {
        var random = Seeded();
        using var lake = await LakeFixture.CreateAsync();
        var topic = RefundTopic.Of(300, index => RefundTopic.Refund(index, "2026-11-23"));
        var sink = new FailingSink(await OpenAsync(lake), random);
        var isDone = false;
        while (!isDone)
        {
            // Each failure ends the process: the next one knows only what the tables hold.
            using var runner = Runner(topic, sink, new ScriptRunnerOptions { RowsMax = random.Next(1, 60), LanesMax = random.Next(1, 5) });
            isDone = await RunToEndOrFailureAsync(runner);
        }

        Assert.IsGreaterThan(0, sink.Failures);
        await AssertOnceAsync(lake, topic);
    }

    [TestMethod]
    public async Task RunAsync_FailuresAroundFilesAndCommits_GoesOnInTheSameProcess()
    {
        using var lake = await LakeFixture.CreateAsync();
        var topic = RefundTopic.Of(300, index => RefundTopic.Refund(index, "2026-11-23"));
        var sink = new FailingSink(await OpenAsync(lake), Seeded());
        using var runner = Runner(topic, sink, new ScriptRunnerOptions { RowsMax = 20, LanesMax = 3, RetryPause = TimeSpan.FromMilliseconds(1) });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        var reached = new Dictionary<int, long>();
        sink.Committed += behind =>
        {
            behind.ToList().ForEach(partition => reached[partition.Key] = partition.Value);
            if (reached.Values.Sum() == topic.Count)
            {
                stop.Cancel();
            }
        };

        await runner.RunAsync(stop.Token);

        Assert.IsGreaterThan(0, sink.Failures);
        await AssertOnceAsync(lake, topic);
    }

    [TestMethod]
    public async Task RunToEndAsync_HostileDates_NoCommitTouchesMoreDaysThanAllowed()
    {
        using var lake = await LakeFixture.CreateAsync();
        var topic = RefundTopic.Of(60, index => RefundTopic.Refund(index, $"{2000 + (index * 13)}-01-01"));
        using var runner = Runner(topic, await OpenAsync(lake), new ScriptRunnerOptions { RowsMax = 50, DaysMax = 4 });

        await runner.RunToEndAsync(TestContext.CancellationToken);

        var days = await lake.DaysOfCommitsAsync("payment_refunds");
        Assert.IsTrue(days.All(count => count <= 4), string.Join(", ", days));
        await AssertOnceAsync(lake, topic);
    }

    [TestMethod]
    public async Task RunToEndAsync_AnotherReaderWasFaster_NothingIsWrittenTwice()
    {
        using var lake = await LakeFixture.CreateAsync();
        var topic = RefundTopic.Of(40, index => RefundTopic.Refund(index, "2026-11-23"));
        using var first = Runner(topic, await OpenAsync(lake), new ScriptRunnerOptions());
        var source = new RecordListSource(topic) { BeforeRead = () => first.RunToEndAsync(TestContext.CancellationToken).GetAwaiter().GetResult() };
        using var second = Runner(source, await OpenAsync(lake), new ScriptRunnerOptions());

        await Assert.ThrowsExactlyAsync<OffsetsMovedException>(() => second.RunToEndAsync(TestContext.CancellationToken));

        await AssertOnceAsync(lake, topic);
    }

    [TestMethod]
    public async Task RunToEndAsync_LaterBatchIsReadyFirst_CommitsInTheOrderOfReading()
    {
        using var lake = await LakeFixture.CreateAsync();
        var topic = RefundTopic.Of(60, index => RefundTopic.Refund(index, "2026-11-23"));
        var sink = new OvertakingSink(await OpenAsync(lake));
        using var runner = Runner(topic, sink, new ScriptRunnerOptions { RowsMax = 10, LanesMax = 2 });

        await runner.RunToEndAsync(TestContext.CancellationToken);

        Assert.HasCount(6, sink.Commits);
        CollectionAssert.AreEqual(sink.Commits.Order().ToList(), sink.Commits.ToList());
        await AssertOnceAsync(lake, topic);
    }

    [TestMethod]
    public async Task RunToEndAsync_SlowCommits_ReadsNoFurtherThanTheLanesAllow()
    {
        using var lake = await LakeFixture.CreateAsync();
        var topic = RefundTopic.Of(400, index => RefundTopic.Refund(index, "2026-11-23"));
        var source = new RecordListSource(topic);
        using var runner = Runner(source, await OpenAsync(lake), new ScriptRunnerOptions { RowsMax = 10, LanesMax = 2 });
        var mostOnTheirWay = 0L;
        source.BeforeRead = () => mostOnTheirWay = Math.Max(mostOnTheirWay, topic.Count - source.Lag - runner.Progress.Records);

        await runner.RunToEndAsync(TestContext.CancellationToken);

        // Two are computed or wait, and one is being committed.
        Assert.IsLessThanOrEqualTo(30, mostOnTheirWay);
        await AssertOnceAsync(lake, topic);
    }

    private Random Seeded()
    {
        var seed = Environment.TickCount;
        TestContext.WriteLine($"seed {seed}");
        return new Random(seed);
    }

    private static Task<IcebergTableSink> OpenAsync(LakeFixture lake) =>
        IcebergTableSink.OpenAsync(lake.Catalog, Refunds, TimeProvider.System, CancellationToken.None);

    private static ScriptRunner Runner(IReadOnlyList<SourceRecord> topic, ITableSink sink, ScriptRunnerOptions options) => Runner(new RecordListSource(topic), sink, options);

    private static ScriptRunner Runner(RecordListSource source, ITableSink sink, ScriptRunnerOptions options) =>
        new(Refunds, source, sink, options, TimeProvider.System, NullLogger<ScriptRunner>.Instance);

    private static async Task<bool> RunToEndOrFailureAsync(ScriptRunner runner)
    {
        try
        {
            await runner.RunToEndAsync(CancellationToken.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task AssertOnceAsync(LakeFixture lake, IReadOnlyList<SourceRecord> topic)
    {
        var found = (await lake.RecordsAsync("payment_refunds")).Concat(await lake.RecordsAsync("quarantine_payment_refunds")).Order().ToList();
        CollectionAssert.AreEqual(topic.Select(record => (record.Partition, record.Offset)).Order().ToList(), found);
    }
}
