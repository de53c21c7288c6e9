using Microsoft.Extensions.Logging.Abstractions;
using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>The source against a broker: the embedded one, over the real client.</summary>
[TestClass]
public sealed class KafkaRecordSourceTests
{
    private static readonly ScriptPlan Refunds = ScriptPlan.Compile("refunds.sql", File.ReadAllText(Path.Combine(ScriptRun.Folder, "refunds.sql")));

    [TestMethod]
    public async Task Read_FromTheOffsetsOfTheTable_GivesEachRecordBehindThem()
    {
        await using var broker = new RefundBroker();
        await broker.ProduceAsync(40);
        using var source = new KafkaRecordSource(Refunds.Source, broker.Settings);

        source.Assign(new Dictionary<int, long> { [0] = 3 });
        var records = ReadAll(source, 37);

        CollectionAssert.AreEqual(
            Enumerable.Range(0, 4).SelectMany(partition => Enumerable.Range(partition == 0 ? 3 : 0, partition == 0 ? 7 : 10).Select(offset => (partition, (long)offset))).ToList(),
            records.Select(record => (record.Partition, record.Offset)).Order().ToList());
        Assert.IsNull(records.Single(record => record is { Partition: 1, Offset: 0 }).Value, "a tombstone");
        Assert.AreEqual(0, source.Lag);
    }

    [TestMethod]
    public void Assign_TopicThatIsMissing_SaysSo()
    {
        using var broker = new RefundBroker(topics: false);
        using var source = new KafkaRecordSource(Refunds.Source, broker.Settings);

        var failure = Assert.ThrowsExactly<RecordSourceException>(() => source.Assign(new Dictionary<int, long>()));

        Assert.Contains("payments.refunds", failure.Message);
    }

    [TestMethod]
    public async Task Read_OffsetBeyondTheEnd_IsNoHoleToJumpOver()
    {
        await using var broker = new RefundBroker();
        await broker.ProduceAsync(4);
        using var source = new KafkaRecordSource(Refunds.Source, broker.Settings);
        source.Assign(new Dictionary<int, long> { [0] = 1000 });

        var failure = Assert.ThrowsExactly<RecordSourceException>(() => ReadAll(source, 100));

        Assert.Contains("payments.refunds", failure.Message);
    }

    [TestMethod]
    public async Task RunToEndAsync_KafkaToIceberg_EachRecordIsInOneTableOnce()
    {
        await using var broker = new RefundBroker();
        using var lake = await LakeFixture.CreateAsync();
        var sink = await IcebergTableSink.OpenAsync(lake.Catalog, Refunds, TimeProvider.System, CancellationToken.None);
        for (var process = 0; process < 2; process++)
        {
            await broker.ProduceAsync(100);
            using var runner = new ScriptRunner(
                Refunds, new KafkaRecordSource(Refunds.Source, broker.Settings), sink, new ScriptRunnerOptions { RowsMax = 64 }, TimeProvider.System, NullLogger<ScriptRunner>.Instance);
            await runner.RunToEndAsync(CancellationToken.None);
            Assert.AreEqual(100, runner.Progress.Records);
        }

        var found = (await lake.RecordsAsync("payment_refunds")).Concat(await lake.RecordsAsync("quarantine_payment_refunds")).Order().ToList();
        CollectionAssert.AreEqual(Enumerable.Range(0, 4).SelectMany(partition => Enumerable.Range(0, 50).Select(offset => (partition, (long)offset))).ToList(), found);
    }

    private static List<SourceRecord> ReadAll(KafkaRecordSource source, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var records = new List<SourceRecord>();
        while (records.Count < count)
        {
            records.AddRange(source.Read(count - records.Count, TimeSpan.FromMilliseconds(500), limit.Token));
        }

        return records;
    }
}
