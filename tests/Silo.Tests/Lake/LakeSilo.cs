using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Recoup.Silo.Tests.Hosting;

namespace Recoup.Silo.Tests.Lake;

/// <summary>A running silo, seen from its topics and from its tables.</summary>
internal sealed class LakeSilo(RunningSilo silo) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly IProducer<string, byte[]?> producer = new ProducerBuilder<string, byte[]?>(new ProducerConfig { BootstrapServers = Servers(silo) }).Build();

    public RunningSilo Silo { get; } = silo;

    public static async Task<LakeSilo> StartAsync() => new(await RunningSilo.StartAsync());

    /// <summary>A charge that is right but for what is put in the place of its currency.</summary>
    public static string Charge(string eventId, string currency) =>
        $$"""{"event_id":"{{eventId}}","event_type":"charge.succeeded","schema_version":1,"created_at":"2026-11-23T09:30:00Z","payment_id":"pay_{{eventId}}","customer_id":"cus_1","merchant_id":"mer_1","amount_minor":4999,"currency":{{currency}}}""";

    /// <summary>Publishes a record and answers where it lies, as <c>topic/partition/offset</c>.</summary>
    public async Task<string> PublishAsync(string topic, string value, int partition = 0)
    {
        var report = await producer.ProduceAsync(new TopicPartition(topic, partition), new Message<string, byte[]?> { Key = "k", Value = Encoding.UTF8.GetBytes(value) });
        return string.Create(CultureInfo.InvariantCulture, $"{topic}/{report.Partition.Value}/{report.Offset.Value}");
    }

    /// <summary>The rows as CSV, without the head.</summary>
    public async Task<string> QueryAsync(string sql)
    {
        using var answer = await Silo.PostAsync("/query", JsonSerializer.Serialize(new { sql }), ("Accept", "text/csv"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode, text);
        return text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..].Trim();
    }

    /// <summary>Waits until a query gives this.</summary>
    public async Task WaitForAsync(string sql, string expected)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var rounds = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var found = await QueryAsync(sql);
        while (found != expected)
        {
            Assert.IsFalse(patience.IsCancellationRequested, $"{sql}: {found} and not {expected}");
            await rounds.WaitForNextTickAsync(CancellationToken.None);
            found = await QueryAsync(sql);
        }
    }

    public async Task<JsonElement> PostAsync(string path, object body, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await Silo.PostAsync(path, JsonSerializer.Serialize(body));
        Assert.AreEqual(status, answer.StatusCode, await answer.Content.ReadAsStringAsync());
        return await RunningSilo.ReadAsync(answer);
    }

    /// <summary>Every record of a topic, with its headers as text.</summary>
    public List<(string Value, Dictionary<string, string> Headers)> Read(string topic)
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig { BootstrapServers = Servers(Silo), GroupId = "test", EnablePartitionEof = true, EnableAutoCommit = false }).Build();
        consumer.Assign(Enumerable.Range(0, 4).Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        var (records, ended) = (new List<(string, Dictionary<string, string>)>(), 0);
        while (ended < 4)
        {
            var record = consumer.Consume(Patience) ?? throw new TimeoutException($"the end of {topic} did not come");
            if (record.IsPartitionEOF)
            {
                ended++;
                continue;
            }

            records.Add((Encoding.UTF8.GetString(record.Message.Value ?? []), record.Message.Headers.ToDictionary(header => header.Key, header => Encoding.UTF8.GetString(header.GetValueBytes()))));
        }

        consumer.Close();
        return records;
    }

    public async ValueTask DisposeAsync()
    {
        producer.Dispose();
        await Silo.DisposeAsync();
    }

    private static string Servers(RunningSilo silo) => silo.Host.Settings.Kafka.TargetServers;
}
