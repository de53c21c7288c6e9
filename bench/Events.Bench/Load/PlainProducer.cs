using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Recoup.Events.Bench.Reporting;
using Recoup.Events.Bench.Silo;
using Recoup.Kafka.Bench;

namespace Recoup.Events.Bench.Load;

/// <summary>The ceiling: Confluent.Kafka without Orleans, with the provider's settings and values that are bytes already.</summary>
internal sealed class PlainProducer : IDisposable
{
    private static readonly byte[] Value = Encoding.UTF8.GetBytes(new string('x', 450));

    private readonly IProducer<byte[], byte[]> producer;

    public PlainProducer(string address) => producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
    {
        BootstrapServers = address,
        Acks = Acks.All,
        EnableIdempotence = true,
        LingerMs = 0,
        DeliveryReportFields = "status",
    }).Build();

    /// <summary>As many awaited sends at once as the grains have; the callers' keys, but no JSON, headers or order between calls.</summary>
    public Task<PublishFigures> MeasureAsync(BrokerProcess broker, Shape shape, TimeSpan duration) => Measured.RunAsync(
        broker,
        shape.Batch,
        duration,
        until => Task.WhenAll(Enumerable.Range(0, shape.Publishers).Select(number => Task.Run(() => SendUntilAsync(until, shape.Batch, Encoding.UTF8.GetBytes($"publisher-{number}"))))));

    public void Dispose() => producer.Dispose();

    private async Task<long[]> SendUntilAsync(long until, int batch, byte[] key)
    {
        var ticks = new List<long>();
        for (long before; (before = Stopwatch.GetTimestamp()) < until;)
        {
            if (batch == 1)
            {
                await SendAsync(key);
            }
            else
            {
                await Task.WhenAll(Enumerable.Range(0, batch).Select(_ => SendAsync(key)));
            }

            ticks.Add(Stopwatch.GetTimestamp() - before);
        }

        return [.. ticks];
    }

    private Task SendAsync(byte[] key) => producer.ProduceAsync(MeasuredSilo.PlainTopic, new Message<byte[], byte[]> { Key = key, Value = Value });
}
