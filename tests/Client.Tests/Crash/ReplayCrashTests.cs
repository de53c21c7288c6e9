using System.Text.Json;
using Confluent.Kafka;
using Recoup.Client.CommandLine;
using Recoup.Client.Simulate.Injection;
using Recoup.Events;

namespace Recoup.Client.Tests.Crash;

/// <summary>
/// Kills a real silo with SIGKILL at random moments while <c>quarantine replay</c> and <c>pipeline backfill</c> run against it, and repeats the commands as somebody at
/// night would. In the end each original has one replay in the log, and each record of the log one row. <c>RECOUP_SEED</c> repeats the moments.
/// </summary>
[TestClass]
public sealed class ReplayCrashTests
{
    private const int Kills = 8;
    private const int OfOneKill = 6;
    private const string Rows = "select count(*) as n, count(distinct concat(kafka_partition, '/', kafka_offset)) as places, count(distinct event_id) as events from bronze.payment_charges";
    private static readonly TimeSpan LifeMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PatienceMax = TimeSpan.FromMinutes(4);

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [TestCategory("Crash")]
    public async Task Silo_KilledWhileReplaying_PublishesEachOriginalOnce()
    {
        var plan = KillPlan.Make(TestContext, few: Kills, many: Kills);
        var seed = plan.Seed;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        patience.CancelAfter(PatienceMax);
        var stop = patience.Token;
        var folder = Directory.CreateTempSubdirectory("recoup-replays-").FullName;
        using var silo = new SiloProcess(folder, seed);
        await silo.StartAsync(stop);
        var originals = await InjectAsync(silo, stop);
        await UntilAsync(silo, ["quarantine", "list"], document => document.GetProperty("total").GetInt32() == originals.Count, stop);

        foreach (var (round, some) in originals.Chunk(OfOneKill).Index())
        {
            // Every other kill comes when the first replay is in the log and, mostly, not in the journal yet; the rest at any moment.
            var kill = round % 2 == 0 ? SeenAsync(silo, stop) : plan.MomentAsync(LifeMax, stop);
            var replaying = RunAsync(silo, ["quarantine", "replay", .. some, "--set", "currency=USD"]);
            var validating = RunAsync(silo, ["pipeline", "backfill", "--topic", Topics.Charges]);
            await kill;
            await silo.KillAsync(stop);
            await Task.WhenAll(replaying, validating);
            await silo.StartAsync(stop);
        }

        string[] all = ["quarantine", "replay", .. originals, "--set", "currency=USD"];
        var (_, after) = await RunAsync(silo, all);
        TestContext.WriteLine($"after the kills: {after.GetProperty("counts").GetRawText()}");
        await UntilAsync(silo, all, document => document.GetProperty("counts").EnumerateObject().All(count => count.Name is "published" or "already_replayed"), stop);
        AssertOncePublished(silo, originals, seed);
        await UntilAsync(silo, ["query", Rows], document => Number(document, "n") == originals.Count, stop);
        var (_, last) = await RunAsync(silo, ["query", Rows]);
        Assert.AreEqual((originals.Count, originals.Count), (Number(last, "places"), Number(last, "events")), $"seed {seed}");
        await silo.KillAsync(stop);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<List<string>> InjectAsync(SiloProcess silo, CancellationToken stop)
    {
        using var producer = new ProducerBuilder<string, byte[]?>(new ProducerConfig { BootstrapServers = silo.Kafka }).SetLogHandler(static (_, _) => { }).Build();
        var fault = Fault.All.Single(known => known.Name == "currency_is_not_supported");
        var originals = new List<string>();
        for (var number = 0; number < Kills * OfOneKill; number++)
        {
            var key = $"injected_{number}";
            var report = await producer.ProduceAsync(fault.Topic, new BadRecord(fault.Topic, key, fault.Make(key), fault.Name, fault.Reasons).ToMessage(), stop);
            originals.Add($"{fault.Topic}/{report.Partition.Value}/{report.Offset.Value}");
        }

        return originals;
    }

    /// <summary>Ends when a replay has come to the log.</summary>
    private static Task SeenAsync(SiloProcess silo, CancellationToken stop)
    {
        var consumer = Open(silo, (client, partition) => client.QueryWatermarkOffsets(partition, TimeSpan.FromSeconds(30)).High);
        return Task.Run(
            () =>
            {
                using (consumer)
                {
                    while (consumer.Consume(stop) is { } record && (record.IsPartitionEOF || !record.Message.Headers.TryGetLastBytes("replay-of", out _)))
                    {
                        // Not yet.
                    }
                }
            },
            stop);
    }

    private static IConsumer<byte[]?, byte[]?> Open(SiloProcess silo, Func<IConsumer<byte[]?, byte[]?>, TopicPartition, Offset> from)
    {
        var consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig { BootstrapServers = silo.Kafka, GroupId = "crash-test", EnablePartitionEof = true, EnableAutoCommit = false, FetchWaitMaxMs = 5 })
            .SetLogHandler(static (_, _) => { }).Build();
        var partitions = Enumerable.Range(0, 4).Select(partition => new TopicPartition(Topics.Charges, partition));
        consumer.Assign([.. partitions.Select(partition => new TopicPartitionOffset(partition, from(consumer, partition)))]);
        return consumer;
    }

    private static void AssertOncePublished(SiloProcess silo, List<string> originals, int seed)
    {
        using var consumer = Open(silo, (_, _) => Offset.Beginning);
        var replayed = new List<string>();
        for (var ended = 0; ended < 4;)
        {
            var record = consumer.Consume(PatienceMax);
            ended += record.IsPartitionEOF ? 1 : 0;
            if (!record.IsPartitionEOF && record.Message.Headers.TryGetLastBytes("replay-of", out var original))
            {
                replayed.Add(System.Text.Encoding.UTF8.GetString(original));
            }
        }

        consumer.Close();
        CollectionAssert.AreEquivalent(originals, replayed, $"seed {seed}: replays in the log");
    }

    /// <summary>Repeats a command until it says what it should; while the silo comes up or a replay may be under way it does not.</summary>
    private static async Task UntilAsync(SiloProcess silo, string[] command, Func<JsonElement, bool> isDone, CancellationToken stop)
    {
        using var rounds = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (await RunAsync(silo, command) is var (code, document) && !(code == ExitCodes.Success && isDone(document)))
        {
            await rounds.WaitForNextTickAsync(stop);
        }
    }

    private static async Task<(int Code, JsonElement Document)> RunAsync(SiloProcess silo, string[] arguments)
    {
        using var output = new StringWriter();
        var code = await RecoupCommandLine.RunAsync([.. arguments, "--json", "--url", silo.Url], output, TextWriter.Null, EnvironmentSettings.Empty());
        return (code, output.ToString() is { Length: > 0 } text ? JsonSerializer.Deserialize<JsonElement>(text) : default);
    }

    private static int Number(JsonElement document, string column) => document.GetProperty("rows")[0].GetProperty(column).GetInt32();
}
