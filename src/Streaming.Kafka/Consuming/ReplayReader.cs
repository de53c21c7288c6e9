using Recoup.Streaming.Kafka.Hosting;
using Recoup.Streaming.Kafka.Streams;

namespace Recoup.Streaming.Kafka.Consuming;

/// <summary>One pass over old records of a partition, beside the reading of new ones, with a consumer of its own that lives as long as the pass.</summary>
internal sealed class ReplayReader(KafkaPartition partition, KafkaStreamOptions options) : IDisposable
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100);

    private IConsumer<byte[]?, byte[]?>? consumer;
    private long to;

    public bool IsComplete => consumer is null;

    public void Begin(long from, long until)
    {
        to = until;
        consumer = new ConsumerBuilder<byte[]?, byte[]?>(ConsumerSettings.ForReplay(options))
            .SetKeyDeserializer(Deserializers.ByteArray)
            .SetValueDeserializer(Deserializers.ByteArray)
            .SetLogHandler(static (_, _) => { })
            .Build();
        consumer.Assign(new TopicPartitionOffset(partition.ToTopicPartition(), from));
    }

    /// <summary>Reads some records; the last of the pass ends it.</summary>
    public async Task ReadAsync(int most, Action<ConsumeResult<byte[]?, byte[]?>> take, CancellationToken cancellationToken)
    {
        if (consumer is not { } current)
        {
            return;
        }

        // The client's call blocks, and an agent's turn must not.
        var records = await Task.Factory.StartNew(
            () => Read(current, most), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        foreach (var record in records)
        {
            if (record.IsPartitionEOF || record.Offset.Value >= to - 1)
            {
                Dispose();
            }

            if (!record.IsPartitionEOF && record.Offset.Value < to)
            {
                take(record);
            }
        }
    }

    public void Dispose()
    {
        consumer?.Close();
        consumer?.Dispose();
        consumer = null;
    }

    private static List<ConsumeResult<byte[]?, byte[]?>> Read(IConsumer<byte[]?, byte[]?> current, int most)
    {
        var records = new List<ConsumeResult<byte[]?, byte[]?>>();
        while (records.Count < most && current.Consume(records.Count == 0 ? Wait : TimeSpan.Zero) is { } record)
        {
            records.Add(record);
            if (record.IsPartitionEOF)
            {
                break;
            }
        }

        return records;
    }
}
