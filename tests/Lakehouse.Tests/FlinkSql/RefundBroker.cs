using System.Text;
using Confluent.Kafka;
using Recoup.Embedded.Kafka.Hosting;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>An embedded broker in this process with the topic of refunds.</summary>
internal sealed class RefundBroker : IAsyncDisposable, IDisposable
{
    /// <summary>Records that are sent at once under load.</summary>
    private const int LoadStep = 64;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("recoup-kafka");
    private readonly EmbeddedKafkaServer server;

    public RefundBroker(bool topics = true)
    {
        var options = new EmbeddedKafkaOptions { DataFolder = folder.FullName, Port = 0, AutoCreateTopics = false };
        if (topics)
        {
            options.Topics["payments.refunds"] = 4;
        }

        server = EmbeddedKafkaServer.Start(options);
    }

    public string Address => server.Address;

    public Dictionary<string, string> Settings => new() { ["bootstrap.servers"] = server.Address };

    /// <summary>Refunds round the four partitions; the first of partition 1 is a tombstone.</summary>
    public async Task ProduceAsync(int count)
    {
        using var producer = new ProducerBuilder<byte[], byte[]?>(new ProducerConfig { BootstrapServers = server.Address }).Build();
        for (var index = 0; index < count; index++)
        {
            var value = index == 1 ? null : Encoding.UTF8.GetBytes($$"""{"event_id":"evt_{{index}}","event_type":"refund.created"}""");
            await producer.ProduceAsync(new TopicPartition("payments.refunds", index % 4), new Message<byte[], byte[]?> { Key = [1], Value = value! });
        }
    }

    /// <summary>Sends refunds, about 2,000 a second and every seventh a bad one, until it is cancelled.</summary>
    /// <returns>For each partition how many records it has.</returns>
    public async Task<IReadOnlyDictionary<int, long>> ProduceUntilAsync(CancellationToken stop)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = server.Address, LingerMs = 5 }).Build();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(30));
        var produced = new Dictionary<int, long>();
        for (var index = 0; !stop.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None);)
        {
            var results = await Task.WhenAll(Enumerable.Range(index, LoadStep).Select(number => producer.ProduceAsync(
                new TopicPartition("payments.refunds", number % RefundTopic.Partitions),
                new Message<byte[], byte[]> { Value = Encoding.UTF8.GetBytes(number % 7 == 0 ? "{" : RefundTopic.Refund(number, "2026-11-23")) })));
            index += LoadStep;
            foreach (var result in results)
            {
                produced[result.Partition.Value] = Math.Max(produced.GetValueOrDefault(result.Partition.Value), result.Offset.Value + 1);
            }
        }

        return produced;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
