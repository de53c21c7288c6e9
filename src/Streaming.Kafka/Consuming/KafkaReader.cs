using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Recoup.Streaming.Kafka.Hosting;
using Recoup.Streaming.Kafka.Streams;
using Recoup.Streaming.Kafka.Telemetry;

namespace Recoup.Streaming.Kafka.Consuming;

/// <summary>
/// One consumer for all partitions that a silo reads, on a thread of its own. Partitions are assigned by hand as agents come and go; the group's name is
/// used for committed offsets only, so the brokers never rebalance anything.
/// </summary>
internal sealed partial class KafkaReader : IDisposable
{
    private static readonly TimeSpan PollTime = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan StoreInterval = TimeSpan.FromMilliseconds(20);

    private readonly string provider;
    private readonly KafkaStreamOptions options;
    private readonly KafkaMeter meter;
    private readonly ILogger<KafkaReader> logger;
    private readonly Dictionary<TopicPartition, PartitionFeed> feeds = [];
    private readonly ConcurrentQueue<Action> commands = new();
    private readonly IConsumer<byte[]?, byte[]?> consumer;
    private readonly Thread thread;
    private long storedAt;
    private volatile bool closed;

    public KafkaReader(string provider, KafkaStreamOptions options, KafkaMeter meter, ILogger<KafkaReader> logger)
    {
        this.provider = provider;
        this.options = options;
        this.meter = meter;
        this.logger = logger;
        consumer = new ConsumerBuilder<byte[]?, byte[]?>(ConsumerSettings.ForGroup(options))
            .SetKeyDeserializer(Deserializers.ByteArray)
            .SetValueDeserializer(Deserializers.ByteArray)
            .SetErrorHandler((_, error) => LogClient(error.IsFatal ? LogLevel.Error : LogLevel.Warning, provider, error.Code, error.Reason))
            .SetLogHandler(static (_, _) => { })
            .SetOffsetsCommittedHandler((_, committed) => Committed(committed))
            .Build();
        thread = new Thread(Run) { IsBackground = true, Name = $"kafka reader {provider}" };
        thread.Start();
    }

    /// <summary>Begins to read a partition where the group left off.</summary>
    /// <exception cref="KafkaException">The brokers do not say where that is.</exception>
    public async Task<PartitionFeed> OpenAsync(KafkaPartition partition, TimeSpan timeout)
    {
        var start = await StartOffsets.FindAsync(consumer, partition.ToTopicPartition(), options, timeout);
        if (start.Lost is { } lost)
        {
            LogOffsetLost(provider, partition.Topic.Topic, partition.Number, lost, options.OnOffsetLost);
            meter.OffsetLost(partition.Topic.Topic, partition.Number);
        }

        var feed = new PartitionFeed(partition, start.Offset, options.CacheRecords) { LogEnd = start.LogEnd };
        await OnReaderAsync(() =>
        {
            if (!start.IsStopped)
            {
                feeds[feed.TopicPartition] = feed;
                consumer.IncrementalAssign([new TopicPartitionOffset(feed.TopicPartition, start.Offset)]);
            }
        });
        meter.Track(feed);
        LogOpened(provider, partition.Topic.Topic, partition.Number, start.Offset);
        return feed;
    }

    /// <summary>Stops to read a partition and commits how far it was delivered, so that the next silo goes on from there.</summary>
    public async Task CloseAsync(PartitionFeed feed)
    {
        meter.Untrack(feed);
        await OnReaderAsync(() =>
        {
            if (!feeds.Remove(feed.TopicPartition) || feed.IsLost)
            {
                return;
            }

            try
            {
                // Stored as well: the client commits what was stored last when the partition is unassigned, and that must not be an older offset.
                var delivered = new TopicPartitionOffset(feed.TopicPartition, feed.DeliveredTo);
                consumer.StoreOffset(delivered);
                consumer.Commit([delivered]);
            }
            catch (KafkaException exception)
            {
                // Not committed is delivered again, nothing worse.
                LogNotCommitted(provider, feed.TopicPartition.Topic, feed.TopicPartition.Partition, exception.Error.Code, exception.Error.Reason);
            }

            consumer.IncrementalUnassign([feed.TopicPartition]);
        });
    }

    public void Dispose()
    {
        closed = true;
        thread.Join();
    }

    private Task OnReaderAsync(Action action)
    {
        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        commands.Enqueue(() =>
        {
            try
            {
                action();
                completion.SetResult();
            }
            catch (Exception exception)
            {
                completion.SetException(exception);
            }
        });
        return completion.Task;
    }

    private void Run()
    {
        while (!closed)
        {
            try
            {
                RunCommands();
                ReadOne();
                StoreOffsets();
            }
            catch (ConsumeException exception)
            {
                Failed(exception);
            }
            catch (KafkaException exception)
            {
                LogClient(LogLevel.Error, provider, exception.Error.Code, exception.Error.Reason);
            }
        }

        RunCommands();
        consumer.Close();
        consumer.Dispose();
    }

    private void RunCommands()
    {
        while (commands.TryDequeue(out var command))
        {
            command();
        }
    }

    private void ReadOne()
    {
        // Unassigned partitions may still have a record in the client's queue; the next silo reads it.
        if (consumer.Consume(PollTime) is not { } record || !feeds.TryGetValue(record.TopicPartition, out var feed))
        {
            return;
        }

        feed.Add(record);
        if (feed.IsFull && !feed.IsPaused)
        {
            consumer.Pause([feed.TopicPartition]);
            feed.IsPaused = true;
        }
    }

    /// <summary>Hands delivered offsets to the client, which commits them in its interval; and resumes what has room again.</summary>
    private void StoreOffsets()
    {
        if (TimeProvider.System.GetElapsedTime(storedAt) < StoreInterval)
        {
            return;
        }

        storedAt = TimeProvider.System.GetTimestamp();
        foreach (var feed in feeds.Values)
        {
            if (feed.IsLost)
            {
                if (options.OnOffsetLost != OffsetLostAction.Stop)
                {
                    Restart(feed);
                }

                continue;
            }

            if (feed.IsPaused && feed.HasRoom)
            {
                consumer.Resume([feed.TopicPartition]);
                feed.IsPaused = false;
            }

            var delivered = feed.DeliveredTo;
            if (delivered != feed.Stored)
            {
                consumer.StoreOffset(new TopicPartitionOffset(feed.TopicPartition, delivered));
                feed.Stored = delivered;
            }

            feed.LogEnd = Math.Max(feed.LogEnd, consumer.GetWatermarkOffsets(feed.TopicPartition).High.Value);
        }
    }

    private void Failed(ConsumeException exception)
    {
        var partition = exception.ConsumerRecord?.TopicPartition;
        if (exception.Error.Code == ErrorCode.Local_AutoOffsetReset && partition is not null && feeds.TryGetValue(partition, out var feed))
        {
            LogOffsetLost(provider, partition.Topic, partition.Partition, feed.DeliveredTo, options.OnOffsetLost);
            meter.OffsetLost(partition.Topic, partition.Partition);
            consumer.IncrementalUnassign([partition]);
            feed.IsLost = true;
            return;
        }

        LogClient(LogLevel.Warning, provider, exception.Error.Code, exception.Error.Reason);
    }

    /// <summary>Begins anew where it is told; should the brokers not answer, the next turn asks again. Told to stop, the partition stays as it is.</summary>
    private void Restart(PartitionFeed feed)
    {
        var log = consumer.QueryWatermarkOffsets(feed.TopicPartition, options.StartTimeout);
        var start = options.OnOffsetLost == OffsetLostAction.Earliest ? log.Low : log.High;
        feed.Restart(start.Value);
        consumer.IncrementalAssign([new TopicPartitionOffset(feed.TopicPartition, start)]);
    }

    private void Committed(CommittedOffsets committed)
    {
        foreach (var failed in committed.Offsets.Where(offset => offset.Error.IsError))
        {
            LogNotCommitted(provider, failed.Topic, failed.Partition, failed.Error.Code, failed.Error.Reason);
        }
    }

    [LoggerMessage(4301, LogLevel.Information, "Stream provider {Provider} reads {Topic}/{Partition} from offset {Offset}.")]
    private partial void LogOpened(string provider, string topic, int partition, long offset);

    [LoggerMessage(4302, LogLevel.Error, "Stream provider {Provider}: {Topic}/{Partition} no longer has offset {Offset}, so records were lost or the topic is a new one. OnOffsetLost: {Action}.")]
    private partial void LogOffsetLost(string provider, string topic, int partition, long offset, OffsetLostAction action);

    [LoggerMessage(4303, LogLevel.Warning, "Stream provider {Provider}: the offset of {Topic}/{Partition} was not committed ({Code}: {Reason}).")]
    private partial void LogNotCommitted(string provider, string topic, int partition, ErrorCode code, string reason);

    [LoggerMessage(EventId = 4304, Message = "Stream provider {Provider}, reading: {Reason} ({Code}).")]
    private partial void LogClient(LogLevel level, string provider, ErrorCode code, string reason);
}
