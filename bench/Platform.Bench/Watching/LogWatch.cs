using System.Text;
using Confluent.Kafka;
using Recoup.Client.Simulate.Injection;
using Recoup.Events;
using Recoup.Platform.Bench.Load;

namespace Recoup.Platform.Bench.Watching;

/// <summary>Reads all topics as they grow, as any reader of the log would.</summary>
internal sealed class LogWatch : IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly IConsumer<byte[]?, byte[]?> consumer;
    private readonly List<TopicPartition> partitions;
    private readonly PaymentTimes payments;

    public LogWatch(string servers, PaymentTimes payments)
    {
        this.payments = payments;
        var config = new ConsumerConfig { BootstrapServers = servers, GroupId = "platform-bench", EnableAutoCommit = false, AllowAutoCreateTopics = false };
        consumer = new ConsumerBuilder<byte[]?, byte[]?>(config).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        partitions = [.. admin.GetMetadata(AnswerTimeout).Topics.Where(topic => Topics.All.Contains(topic.Topic))
            .SelectMany(topic => topic.Partitions.Select(partition => new TopicPartition(topic.Topic, partition.PartitionId)))];
    }

    public LogIndex Index { get; } = new();

    /// <summary>Where the log ends now, whether or not it was read that far.</summary>
    public IReadOnlyDictionary<TopicPartition, long> ReadEnds() =>
        partitions.ToDictionary(partition => partition, partition => consumer.QueryWatermarkOffsets(partition, AnswerTimeout).High.Value);

    /// <summary>Reads on a thread of its own until it is told to stop.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => Read(cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose()
    {
        consumer.Close();
        consumer.Dispose();
    }

    private void Read(CancellationToken cancellationToken)
    {
        consumer.Assign(partitions.Select(static partition => new TopicPartitionOffset(partition, Offset.Beginning)));
        while (!cancellationToken.IsCancellationRequested)
        {
            if (consumer.Consume(Poll) is { } record)
            {
                Take(record, TimeProvider.System.GetUtcNow());
            }
        }
    }

    private void Take(ConsumeResult<byte[]?, byte[]?> record, DateTimeOffset readAt)
    {
        var sentAt = new DateTimeOffset(record.Message.Timestamp.UtcDateTime, TimeSpan.Zero);
        var origin = OriginOf(record);
        Index.Add(record.TopicPartitionOffset, sentAt, origin, origin is Origin.Bad ? Header(record, BadRecord.ReasonsHeader) : null);
        if (origin is Origin.Recoup && record is { Topic: Topics.Charges, Message.Value: { } value })
        {
            payments.Told(value, sentAt, readAt);
        }
    }

    private static Origin OriginOf(ConsumeResult<byte[]?, byte[]?> record) => Header(record, BadRecord.InjectedBy) switch
    {
        null => Origin.Recoup,
        FillEvents.InjectedBy => Origin.Fill,
        _ => Origin.Bad,
    };

    private static string? Header(ConsumeResult<byte[]?, byte[]?> record, string name) =>
        record.Message.Headers?.TryGetLastBytes(name, out var bytes) == true && bytes is not null ? Encoding.UTF8.GetString(bytes) : null;
}
