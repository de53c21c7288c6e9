using System.Diagnostics;
using Confluent.Kafka;

namespace Recoup.Kafka.Bench;

/// <summary>Load by the client that applications use, librdkafka.</summary>
internal static class ClientLoad
{
    private static readonly byte[] Value = [.. Enumerable.Range(0, 490).Select(at => (byte)('a' + (at % 26)))];

    /// <summary>Seconds until every record is acknowledged to an idempotent producer.</summary>
    public static double Produce(string address, int records)
    {
        var config = new ProducerConfig { BootstrapServers = address, EnableIdempotence = true, LingerMs = 1, QueueBufferingMaxMessages = 200_000, EnableDeliveryReports = true, DeliveryReportFields = "none" };
        using var producer = new ProducerBuilder<Null, byte[]>(config).Build();
        using var all = new CountdownEvent(records);
        var failed = 0;
        var watch = Stopwatch.StartNew();
        for (var index = 0; index < records; index++)
        {
            var message = new Message<Null, byte[]> { Value = Value };
            while (true)
            {
                try
                {
                    producer.Produce(new TopicPartition("load", index & 3), message, report =>
                    {
                        failed += report.Error.IsError ? 1 : 0;
                        all.Signal();
                    });
                    break;
                }
                catch (ProduceException<Null, byte[]> full) when (full.Error.Code == ErrorCode.Local_QueueFull)
                {
                    Thread.Sleep(1);
                }
            }
        }

        all.Wait();
        return failed > 0 ? throw new InvalidOperationException($"{failed} records failed") : watch.Elapsed.TotalSeconds;
    }

    /// <summary>Seconds from the first record to the last, over four partitions.</summary>
    public static double Consume(string address, int records)
    {
        var config = new ConsumerConfig { BootstrapServers = address, GroupId = "bench", EnableAutoCommit = false, FetchMaxBytes = 50 << 20, QueuedMinMessages = 200_000, AutoOffsetReset = AutoOffsetReset.Earliest, CheckCrcs = false };
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(config).Build();
        consumer.Assign(Enumerable.Range(0, 4).Select(partition => new TopicPartitionOffset("load", partition, 0)));
        Stopwatch? watch = null;
        for (var index = 0; index < records; index++)
        {
            if (consumer.Consume(TimeSpan.FromSeconds(10)) is null)
            {
                throw new InvalidOperationException($"only {index} records came");
            }

            watch ??= Stopwatch.StartNew();
        }

        return watch!.Elapsed.TotalSeconds;
    }

    /// <summary>Milliseconds of sends that are awaited one by one.</summary>
    public static async Task<double[]> SinglesAsync(string address, int sends)
    {
        using var producer = new ProducerBuilder<Null, byte[]>(new ProducerConfig { BootstrapServers = address, EnableIdempotence = true, LingerMs = 0 }).Build();
        var times = new List<double>();
        for (var index = -100; index < sends; index++)
        {
            var from = Stopwatch.GetTimestamp();
            await producer.ProduceAsync("single", new Message<Null, byte[]> { Value = Value });
            if (index >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            }
        }

        return [.. times.Order()];
    }
}
