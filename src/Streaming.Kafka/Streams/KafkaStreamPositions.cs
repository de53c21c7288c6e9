using System.Globalization;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;
using Recoup.Streaming.Kafka.Consuming;
using Recoup.Streaming.Kafka.Hosting;
using Recoup.Streaming.Kafka.Producing;

namespace Recoup.Streaming.Kafka.Streams;

/// <summary>Rewinds are rare, so each asks the brokers with a client of its own.</summary>
internal sealed class KafkaStreamPositions(
    string provider, KafkaTopics topics, KafkaStreamOptions options, IGrainFactory grains) : IKafkaStreamPositions
{
    public async Task<StreamSequenceToken> AtOffsetAsync(StreamId stream, long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var partition = await PartitionOfAsync(stream);
        return new KafkaSequenceToken(partition.Partition, offset - 1, isRewind: true);
    }

    public async Task<StreamSequenceToken> AtTimeAsync(StreamId stream, DateTimeOffset time)
    {
        var partition = await PartitionOfAsync(stream);
        var offset = await Task.Factory.StartNew(
            () => FirstOffset(partition, time), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return new KafkaSequenceToken(partition.Partition, offset - 1, isRewind: true);
    }

    public Task WakeAsync(StreamId stream) => grains.GetGrain<IManagementGrain>(0)
        .SendControlCommandToProvider<PersistentStreamProvider>(provider, KafkaQueueAdapterFactory.WakeCommand, stream);

    private long FirstOffset(TopicPartition partition, DateTimeOffset time)
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(ConsumerSettings.ForReplay(options)).SetLogHandler(static (_, _) => { }).Build();
        var found = consumer.OffsetsForTimes([new TopicPartitionTimestamp(partition, new Timestamp(time))], options.StartTimeout)[0];
        return found.Offset.Value >= 0 ? found.Offset.Value : consumer.QueryWatermarkOffsets(partition, options.StartTimeout).High.Value;
    }

    private async Task<TopicPartition> PartitionOfAsync(StreamId stream)
    {
        var topic = topics.Of(stream);
        if (topic.StreamPer == StreamPer.Partition)
        {
            return new TopicPartition(topic.Topic, int.Parse(stream.GetKeyAsString(), CultureInfo.InvariantCulture));
        }

        using var admin = new AdminClientBuilder(options.ToClientSettings()).SetLogHandler(static (_, _) => { }).Build();
        var partitions = await TopicPartitions.CountAsync(admin, topic.Topic, options.StartTimeout, options.BootstrapServers);
        return new TopicPartition(topic.Topic, Murmur2.PartitionOf(stream.Key.Span, partitions));
    }
}
