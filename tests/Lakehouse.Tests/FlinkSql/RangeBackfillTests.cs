using System.Text;
using Confluent.Kafka;
using DuckDB.NET.Data;
using Microsoft.Extensions.Logging.Abstractions;
using Recoup.Embedded.Kafka.Hosting;
using Recoup.Lakehouse.FlinkSql.Backfilling;
using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Running;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Commits;
using Recoup.Lakehouse.Iceberg.Maintenance;
using Recoup.Lakehouse.Iceberg.Storage;
using Recoup.Lakehouse.Iceberg.Writes;
using Recoup.Lakehouse.Tests.Iceberg.Storage;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>Ranges of a topic on the embedded broker, validated again beside what else goes on in the lake.</summary>
[TestClass]
public sealed class RangeBackfillTests
{
    private const string Topic = "payments.refunds";

    [TestMethod]
    public async Task RunAsync_RuleCorrected_MovesTheRowsOfTheRange()
    {
        await using var room = await Room.CreateAsync(40);
        var script = room.Script.Replace("'USD', 'CAD', 'GBP', 'EUR', 'JPY'", "'USD', 'CAD', 'GBP', 'EUR', 'JPY', 'CHF'", StringComparison.Ordinal);
        Assert.AreNotEqual(room.Script, script);
        var (good, bad) = await room.CountAsync();

        var result = await room.BackfillAsync(ScriptPlan.Compile("refunds.sql", script), new OffsetRange(0, 0, 5), new OffsetRange(2, 0, 10));

        var moved = room.Bad.Count(record => record is { Partition: 0, Offset: < 5 } or { Partition: 2, Offset: < 10 });
        Assert.IsGreaterThan(0, moved);
        Assert.AreEqual((good + moved, bad - moved), await room.CountAsync());
        Assert.AreEqual(15, result.Records);
        await room.AssertEachOnceAsync(40);
    }

    [TestMethod]
    public async Task RunAsync_AgainAndAgain_ChangesNothing()
    {
        await using var room = await Room.CreateAsync(40);
        var before = await room.CountAsync();

        for (var time = 0; time < 3; time++)
        {
            await room.BackfillAsync(room.Plan(), new OffsetRange(0, 2, 9), new OffsetRange(1, 0, 10));
        }

        Assert.AreEqual(before, await room.CountAsync());
        await room.AssertEachOnceAsync(40);
    }

    [TestMethod]
    public async Task RunAsync_RowsThatWereLost_ComeBackOnceAlsoWithRivals()
    {
        await using var room = await Room.CreateAsync(40);
        await room.LoseAllRowsAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => room.BackfillAsync(room.Plan(), Room.All(10)))));

        await room.AssertEachOnceAsync(40);
    }

    [TestMethod]
    public async Task RunAsync_BesideValidationAndCompaction_LeavesEachRecordOnce()
    {
        await using var room = await Room.CreateAsync(40);
        using var stop = new CancellationTokenSource();
        var compacting = room.CompactUntilAsync(stop.Token);
        for (var round = 1; round <= 4; round++)
        {
            var validating = room.ProduceAndValidateAsync(40);
            await room.BackfillAsync(room.Plan(), Room.All(10 * round));
            await validating;
        }

        await stop.CancelAsync();
        await compacting;
        await room.AssertEachOnceAsync(200);
    }

    /// <summary>The process dies at every access to the storage in turn; whoever comes afterwards finds the old rows or the new ones.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task RunAsync_DyingAtEachStep_LeavesEachRecordOnce(bool afterTheStep)
    {
        await using var room = await Room.CreateAsync(24);
        var before = await room.CountAsync();
        var step = 1;
        for (var hasDied = true; hasDied; step++)
        {
            var faults = new FaultyStorage(new LocalStorage(Path.Combine(room.Lake.Folder, "warehouse"))) { DiesAt = step, DiesAfterTheStep = afterTheStep };
            using var dying = new SqliteCatalog(Path.Combine(room.Lake.Folder, "catalog.db"), faults, TimeProvider.System);
            hasDied = await DiesAsync(() => new RangeBackfill(dying, room.Plan(), room.Settings, TimeProvider.System).RunAsync(Room.All(6), 100, CancellationToken.None));

            Assert.AreEqual(faults.HasDied, hasDied, "a step's failure must not be swallowed");
            Assert.AreEqual(before, await room.CountAsync());
            await room.AssertEachOnceAsync(24);
        }

        Assert.IsGreaterThan(10, step, "two tables: data files, manifests, lists, metadata files");
    }

    private static async Task<bool> DiesAsync(Func<Task> work)
    {
        try
        {
            await work();
            return false;
        }
        catch (KilledException)
        {
            return true;
        }
    }

    [TestMethod]
    public async Task RunAsync_RangeBeyondWhatTheTablesHaveRead_EndsThere()
    {
        await using var room = await Room.CreateAsync(40);
        await room.ProduceAsync(40);

        var result = await room.BackfillAsync(room.Plan(), new OffsetRange(0, 0, 20));

        Assert.AreEqual(new OffsetRange(0, 0, 10), result.Done.Single());
        await room.AssertEachOnceAsync(40);
    }

    [TestMethod]
    public async Task RunAsync_RowWhoseRecordKafkaDoesNotGive_IsRefusedAndStays()
    {
        await using var room = await Room.CreateAsync(8);
        await room.AddRowWithoutRecordAsync(partition: 1, offset: 2);

        var refusal = await Assert.ThrowsExactlyAsync<BackfillException>(() => room.BackfillAsync(room.Plan(), Room.All(3)));

        Assert.Contains("(1)", refusal.Message);
        Assert.Contains((1, 2L), await room.Lake.RecordsAsync("payment_refunds"));
    }

    [TestMethod]
    public async Task ResolveAsync_Times_FindsTheOffsets()
    {
        await using var room = await Room.CreateAsync(8);
        var backfill = new RangeBackfill(room.Lake.Catalog, room.Plan(), room.Settings, TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();

        var all = await backfill.ResolveAsync(RangeBound.At(now.AddHours(-1)), RangeBound.At(now.AddHours(1)), null, CancellationToken.None);
        var later = await backfill.ResolveAsync(RangeBound.At(now.AddHours(1)), RangeBound.Open, null, CancellationToken.None);
        var one = await backfill.ResolveAsync(RangeBound.At(1), RangeBound.Open, 3, CancellationToken.None);

        CollectionAssert.AreEqual(Room.All(2), all.ToArray());
        Assert.IsEmpty(later);
        Assert.AreEqual(new OffsetRange(3, 1, 2), one.Single());
    }

    [TestMethod]
    public void Split_MoreThanFits_GoesOnWhereItEnded()
    {
        OffsetRange[] ranges = [new(0, 10, 15), new(1, 0, 4), new(2, 7, 8)];

        var (taken, left) = OffsetRange.Split(ranges, 7);

        CollectionAssert.AreEqual(new OffsetRange[] { new(0, 10, 15), new(1, 0, 2) }, taken.ToArray());
        CollectionAssert.AreEqual(new OffsetRange[] { new(1, 2, 4), new(2, 7, 8) }, left.ToArray());
    }

    private sealed class Room : IAsyncDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("recoup-backfill");
        private readonly EmbeddedKafkaServer server;
        private readonly SemaphoreSlim validating = new(1);
        private int produced;

        private Room(LakeFixture lake)
        {
            Lake = lake;
            var options = new EmbeddedKafkaOptions { DataFolder = folder.FullName, Port = 0, AutoCreateTopics = false };
            options.Topics[Topic] = 4;
            server = EmbeddedKafkaServer.Start(options);
        }

        public LakeFixture Lake { get; }

        public string Script { get; } = File.ReadAllText(Path.Combine(ScriptRun.Folder, "refunds.sql"));

        public Dictionary<string, string> Settings => new() { ["bootstrap.servers"] = server.Address };

        /// <summary>The records that the shipped script refuses: a currency that it does not know.</summary>
        public List<(int Partition, long Offset)> Bad { get; } = [];

        public static async Task<Room> CreateAsync(int records)
        {
            var room = new Room(await LakeFixture.CreateAsync());
            await room.ProduceAndValidateAsync(records);
            return room;
        }

        public ScriptPlan Plan() => ScriptPlan.Compile("refunds.sql", Script);

        public static OffsetRange[] All(long to) => [.. Enumerable.Range(0, 4).Select(partition => new OffsetRange(partition, 0, to))];

        public Task<BackfillResult> BackfillAsync(ScriptPlan plan, params OffsetRange[] ranges) =>
            new RangeBackfill(Lake.Catalog, plan, Settings, TimeProvider.System).RunAsync(ranges, 100_000, CancellationToken.None);

        public async Task ProduceAsync(int count)
        {
            using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = server.Address }).Build();
            for (var index = produced; index < produced + count; index++)
            {
                var currency = index % 5 == 0 ? "CHF" : "USD";
                var value = $$"""{"event_id":"evt_{{index}}","event_type":"refund.created","schema_version":1,"created_at":"2026-11-2{{index % 3}}T09:30:00Z","refund_id":"ref_{{index}}","payment_id":"pay_1","customer_id":"cus_1","merchant_id":"mer_1","amount_minor":100,"currency":"{{currency}}","status":"created"}""";
                var report = await producer.ProduceAsync(new TopicPartition(Topic, index % 4), new Message<byte[], byte[]> { Key = [1], Value = Encoding.UTF8.GetBytes(value) });
                if (currency == "CHF")
                {
                    Bad.Add((report.Partition.Value, report.Offset.Value));
                }
            }

            produced += count;
        }

        public async Task ProduceAndValidateAsync(int count)
        {
            await ProduceAsync(count);
            await validating.WaitAsync();
            var plan = Plan();
            using var runner = new ScriptRunner(
                plan, new KafkaRecordSource(plan.Source, Settings), await IcebergTableSink.OpenAsync(Lake.Catalog, plan, TimeProvider.System, CancellationToken.None),
                new ScriptRunnerOptions { RowsMax = 16, AgeMax = TimeSpan.FromMilliseconds(20) }, TimeProvider.System, NullLogger<ScriptRunner>.Instance);
            using var stop = new CancellationTokenSource();
            var running = runner.RunAsync(stop.Token);
            using var rounds = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (runner.Progress.Next.Values.Sum() < produced)
            {
                await rounds.WaitForNextTickAsync(CancellationToken.None);
            }

            await stop.CancelAsync();
            await running;
            validating.Release();
        }

        public async Task<(int Good, int Bad)> CountAsync() =>
            ((await Lake.RecordsAsync("payment_refunds")).Count, (await Lake.RecordsAsync("quarantine_payment_refunds")).Count);

        public async Task AssertEachOnceAsync(int records)
        {
            var found = (await Lake.RecordsAsync("payment_refunds")).Concat(await Lake.RecordsAsync("quarantine_payment_refunds")).Order().ToList();
            CollectionAssert.AreEqual(
                Enumerable.Range(0, 4).SelectMany(partition => Enumerable.Range(0, records / 4).Select(offset => (partition, (long)offset))).ToList(), found);
        }

        /// <summary>As after a wrong DELETE: the offsets stay, the rows are gone.</summary>
        public async Task LoseAllRowsAsync()
        {
            foreach (var name in new[] { "payment_refunds", "quarantine_payment_refunds" })
            {
                var transaction = new LakeTransaction(Lake.Catalog, TimeProvider.System);
                transaction.For(await Lake.LoadAsync(name)).Overwrite([]);
                await transaction.CommitAsync();
            }
        }

        /// <summary>A row as of a record that was read and is gone: the log ends before it.</summary>
        public async Task AddRowWithoutRecordAsync(int partition, long offset)
        {
            await using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            await using var zone = connection.CreateCommand();
            zone.CommandText = "SET TimeZone = 'UTC'";
            await zone.ExecuteNonQueryAsync();
            var (good, bad) = (await Lake.LoadAsync("payment_refunds"), await Lake.LoadAsync("quarantine_payment_refunds"));
            var (from, to) = (SourceOffsets.None.With(Topic, partition, offset), SourceOffsets.None.With(Topic, partition, offset + 1));
            var transaction = new LakeTransaction(Lake.Catalog, TimeProvider.System);
            var row = $"SELECT 'lost' AS event_id, TIMESTAMPTZ '2026-11-23 10:00:00+00' AS created_at, {partition} AS kafka_partition, {offset} AS kafka_offset";
            transaction.For(good).Append(await DataFileWriter.WriteAsync(good, connection, row)).AdvanceOffsets(from, to);
            transaction.For(bad).AdvanceOffsets(from, to);
            await transaction.CommitAsync();
        }

        public Task CompactUntilAsync(CancellationToken stop) => Task.Run(
            async () =>
            {
                await using var connection = new DuckDBConnection("DataSource=:memory:");
                connection.Open();
                await using var zone = connection.CreateCommand();
                zone.CommandText = "SET TimeZone = 'UTC'";
                await zone.ExecuteNonQueryAsync(CancellationToken.None);
                while (!stop.IsCancellationRequested)
                {
                    await TryCompactAsync(connection);
                }
            },
            CancellationToken.None);

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            validating.Dispose();
            Lake.Dispose();
            folder.Delete(recursive: true);
        }

        private async Task TryCompactAsync(DuckDBConnection connection)
        {
            try
            {
                await new Compaction(Lake.Catalog, TimeProvider.System).CompactAsync(
                    new TableIdentifier("bronze", "payment_refunds"), connection, new CompactionOptions { MinInputFiles = 2 });
            }
            catch (IcebergException conflict) when (conflict.Failure is IcebergFailure.CommitConflict)
            {
                // The backfill was quicker: the next round compacts what it left.
                return;
            }
        }
    }
}
