using System.Collections.Concurrent;
using System.Globalization;
using Confluent.Kafka;

namespace Recoup.Embedded.Kafka.Tests.Crash;

/// <summary>
/// Kills the broker's process with SIGKILL at random moments while an idempotent producer sends and a group commits. Afterwards every
/// acknowledged record is in the log exactly once, in the order of its key, and no committed offset went back.
/// </summary>
[TestClass]
public sealed class CrashTests
{
    private const int Keys = 8;

    private static readonly bool Full = Environment.GetEnvironmentVariable("RECOUP_FULL") == "1";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Broker_KilledAtRandomMoments_LosesNothingAndKeepsNothingTwice()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("RECOUP_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        var kills = Full ? 30 : 3;
        TestContext.WriteLine($"seed {seed} (RECOUP_SEED), {kills} kills");
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        await using var broker = new BrokerProcess(folder.File("data"), "--topic", "t=4", "--segment-bytes", (1 << 20).ToString(CultureInfo.InvariantCulture));
        await broker.StartAsync();
        var acknowledged = new ConcurrentBag<(int Key, int Number)>();
        var committed = 0L;
        using var stop = new CancellationTokenSource();
        var producing = Enumerable.Range(0, Keys).Select(key => Task.Run(() => ProduceAsync(broker.Address, key, acknowledged, stop.Token))).ToArray();
        var committing = Task.Run(() => Commit(broker.Address, ref committed, stop.Token));
        for (var kill = 0; kill < kills; kill++)
        {
            await Task.Delay(random.Next(200, 1_500), TestContext.CancellationToken);
            await broker.KillAsync();
            await broker.StartAsync();
        }

        await Task.Delay(500, TestContext.CancellationToken);
        await stop.CancelAsync();
        await Task.WhenAll(producing);
        await committing;
        await broker.KillAsync();
        await broker.StartAsync();

        var stored = ReadAll(broker.Address);
        TestContext.WriteLine($"{acknowledged.Count} acknowledged, {stored.Count} stored, {committed} committed");
        Assert.IsGreaterThan(100, acknowledged.Count);
        Assert.IsEmpty(acknowledged.Except(stored).ToArray(), "acknowledged records are missing");
        Assert.AreEqual(stored.Count, stored.Distinct().Count(), "a record is in the log twice");
        foreach (var ofKey in stored.GroupBy(record => record.Key))
        {
            var numbers = ofKey.Select(record => record.Number).ToArray();
            CollectionAssert.AreEqual(Enumerable.Range(0, numbers.Length).ToArray(), numbers, $"order of key {ofKey.Key}");
        }

        Assert.IsGreaterThanOrEqualTo(committed, CommittedNow(broker.Address), "a commit was acknowledged and lost");
    }

    /// <summary>Sends numbers of one key, some at a time, and notes which were acknowledged. A fatal error of the producer fails the test.</summary>
    private static async Task ProduceAsync(string address, int key, ConcurrentBag<(int, int)> acknowledged, CancellationToken stop)
    {
        var config = new ProducerConfig { BootstrapServers = address, EnableIdempotence = true, MessageTimeoutMs = 60_000, ReconnectBackoffMs = 20, ReconnectBackoffMaxMs = 100, RetryBackoffMs = 20, LingerMs = 0 };
        using var producer = new ProducerBuilder<string, string>(config).SetLogHandler(static (_, _) => { }).Build();
        var (number, sending) = (0, new Queue<Task>());
        while (!stop.IsCancellationRequested || sending.Count > 0)
        {
            if (!stop.IsCancellationRequested && sending.Count < 20)
            {
                sending.Enqueue(SendAsync(number++));
                continue;
            }

            await sending.Dequeue();
        }

        async Task SendAsync(int sent)
        {
            await producer.ProduceAsync("t", new Message<string, string> { Key = key.ToString(CultureInfo.InvariantCulture), Value = sent.ToString(CultureInfo.InvariantCulture) }, CancellationToken.None);
            acknowledged.Add((key, sent));
        }
    }

    private static void Commit(string address, ref long committed, CancellationToken stop)
    {
        using var consumer = NewConsumer(address);
        for (var next = 1L; !stop.IsCancellationRequested; next++)
        {
            try
            {
                consumer.Commit([new TopicPartitionOffset("t", 0, next)]);
                committed = next;
            }
            catch (KafkaException)
            {
                // The broker is down; whether it took the commit is not known.
            }
        }
    }

    private static long CommittedNow(string address)
    {
        using var consumer = NewConsumer(address);
        return consumer.Committed([new TopicPartition("t", 0)], TimeSpan.FromSeconds(30))[0].Offset.Value;
    }

    private static IConsumer<string, string> NewConsumer(string address) => new ConsumerBuilder<string, string>(new ConsumerConfig
    {
        BootstrapServers = address,
        GroupId = "g",
        EnableAutoCommit = false,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        EnablePartitionEof = true,
        ReconnectBackoffMs = 20,
        ReconnectBackoffMaxMs = 100,
    }).SetLogHandler(static (_, _) => { }).Build();

    private static List<(int Key, int Number)> ReadAll(string address)
    {
        using var consumer = NewConsumer(address);
        consumer.Assign(Enumerable.Range(0, 4).Select(partition => new TopicPartitionOffset("t", partition, Offset.Beginning)));
        var stored = new List<(int, int)>();
        for (var ends = 0; ends < 4;)
        {
            var record = consumer.Consume(TimeSpan.FromSeconds(30)) ?? throw new InvalidOperationException($"only {stored.Count} records came");
            if (record.IsPartitionEOF)
            {
                ends++;
                continue;
            }

            stored.Add((int.Parse(record.Message.Key, CultureInfo.InvariantCulture), int.Parse(record.Message.Value, CultureInfo.InvariantCulture)));
        }

        return stored;
    }
}
