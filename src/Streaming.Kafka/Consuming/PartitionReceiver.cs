using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Recoup.Streaming.Kafka.Hosting;
using Recoup.Streaming.Kafka.Producing;
using Recoup.Streaming.Kafka.Records;
using Recoup.Streaming.Kafka.Streams;
using Recoup.Streaming.Kafka.Telemetry;

namespace Recoup.Streaming.Kafka.Consuming;

/// <summary>Reads one partition for its pulling agent, and says how far it was delivered.</summary>
internal sealed partial class PartitionReceiver(
    string provider,
    KafkaPartition partition,
    PartitionCache cache,
    KafkaReader reader,
    RecordDecoder decoder,
    DeadLetters deadLetters,
    KafkaStreamOptions options,
    KafkaMeter meter,
    ILogger<PartitionReceiver> logger) : IQueueAdapterReceiver, IDisposable
{
    /// <summary>How long a read waits for records. Delivered offsets are noticed between reads, so it is short.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource stopping = new();
    private readonly ReplayReader replay = new(partition, options);
    private DeliveryProgress progress = new();
    private PartitionFeed? feed;
    private int generation;

    public async Task Initialize(TimeSpan timeout)
    {
        try
        {
            await OpenAsync(timeout);
        }
        catch (KafkaException exception)
        {
            // The agent does not ask for it again: the next read does.
            LogNotOpened(provider, partition.Topic.Topic, partition.Number, exception.Error.Code, exception.Error.Reason);
        }
    }

    Task<IList<IBatchContainer>> IQueueAdapterReceiver.GetQueueMessagesAsync(int maxCount) => GetQueueMessagesAsync(maxCount, CancellationToken.None);

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        cache.Stopping = cancellationToken;
        var source = feed ?? await OpenAsync(options.StartTimeout);
        Report(source);
        var containers = new List<IBatchContainer>();
        while (cache.WakeUps.TryDequeue(out var stream))
        {
            containers.Add(WakeUp(stream));
        }

        await ReplayAsync(containers, cancellationToken);
        BeginAnewIfLost(source);
        var room = Math.Min(options.ReadBatch, options.CacheRecords - progress.Open);
        if (containers.Count == 0 && (source.IsDrained(generation) || room <= 0))
        {
            await PauseAsync(source, room > 0 && source.Generation == generation, cancellationToken);
        }

        while (room-- > 0 && source.TryTake(generation, out var record))
        {
            Take(record, containers);
        }

        return containers;
    }

    /// <summary>Counts them; that their offsets may be committed the cache has noted already.</summary>
    Task IQueueAdapterReceiver.MessagesDeliveredAsync(IList<IBatchContainer> messages)
    {
        meter.Delivered(partition, messages, TimeProvider.System.GetUtcNow());
        return Task.CompletedTask;
    }

    public async Task Shutdown(TimeSpan timeout)
    {
        await stopping.CancelAsync();
        if (feed is { } source)
        {
            feed = null;
            cache.TryPurgeFromCache(out _);
            Report(source);
            await reader.CloseAsync(source);
        }

        Dispose();
    }

    public void Dispose()
    {
        replay.Dispose();
        stopping.Dispose();
    }

    private async Task<PartitionFeed> OpenAsync(TimeSpan timeout)
    {
        var opened = await reader.OpenAsync(partition, timeout);
        cache.StartAt(opened.Start);
        cache.LogEnd = opened.LogEnd;
        generation = opened.Generation;
        feed = opened;
        return opened;
    }

    private void Report(PartitionFeed source)
    {
        if (progress.Advance() is { } next)
        {
            source.DeliveredTo = next;
        }

        cache.LogEnd = Math.Max(cache.LogEnd, source.LogEnd);
    }

    /// <summary>After an offset was lost: what was read before is delivered first, then offsets begin anew.</summary>
    private void BeginAnewIfLost(PartitionFeed source)
    {
        if (source.Generation == generation || progress.Open > 0 || !source.IsDrained(generation))
        {
            return;
        }

        progress = new DeliveryProgress();
        generation = source.Generation;
        source.DeliveredTo = source.Start;
        cache.StartAt(source.Start);
        cache.LogEnd = source.LogEnd;
    }

    private static Task PauseAsync(PartitionFeed source, bool canRead, CancellationToken cancellationToken) => canRead
        ? source.WaitAsync(Wait, cancellationToken)
        : Task.Delay(Wait, TimeProvider.System, cancellationToken);

    private void Take(ConsumeResult<byte[]?, byte[]?> result, List<IBatchContainer> containers)
    {
        var read = progress.Read(result.Offset.Value);
        var record = ClientRecords.ToRecord(result.Message);
        meter.Read(partition);
        try
        {
            var stream = RecordDecoder.StreamOf(partition, record.Key);
            var streamEvent = decoder.Decode(stream, record);
            var token = new KafkaSequenceToken(partition.Number, result.Offset.Value);
            containers.Add(new KafkaBatchContainer(provider, stream, token, record) { Progress = read }
                .Bind(decoder, streamEvent));
        }
        catch (Exception exception)
        {
            // Whatever a serializer throws, the record cannot be read: one record must not hold up the partition.
            var reason = exception is KafkaRecordException ? exception.Message : $"{exception.GetType().Name} while reading the record.";
            _ = BuryAsync(read, record, reason);
        }
    }

    /// <summary>The offset counts as done when the brokers have the dead letter; records behind it are delivered meanwhile.</summary>
    private async Task BuryAsync(ReadOffset read, KafkaRecord record, string reason)
    {
        if (await deadLetters.PublishAsync(partition, read.Offset, record, DeadLetters.NotReadable, reason, stopping.Token))
        {
            read.Done();
        }
    }

    private async Task ReplayAsync(List<IBatchContainer> containers, CancellationToken cancellationToken)
    {
        if (cache.Replays.IsIdle && !cache.Replays.HasRequests)
        {
            return;
        }

        if (cache.Replays.IsIdle)
        {
            var (from, to) = cache.Replays.Begin();
            LogReplay(provider, partition.Topic.Topic, partition.Number, from, to);
            replay.Begin(from, to);
        }

        if (cache.Replays.Waiting < options.CacheRecords)
        {
            await replay.ReadAsync(options.ReadBatch, result => TakeAgain(result, containers), cancellationToken);
        }

        if (replay.IsComplete)
        {
            containers.AddRange(cache.Replays.Complete().Select(WakeUp));
        }
    }

    private KafkaBatchContainer WakeUp(StreamId stream) => new(provider, stream, cache.LastToken, new KafkaRecord()) { IsWakeUp = true };

    private void TakeAgain(ConsumeResult<byte[]?, byte[]?> result, List<IBatchContainer> containers)
    {
        var record = ClientRecords.ToRecord(result.Message);
        try
        {
            var container = new KafkaBatchContainer(
                provider,
                RecordDecoder.StreamOf(partition, record.Key),
                new KafkaSequenceToken(partition.Number, result.Offset.Value, isRewind: true),
                record);
            if (cache.Replays.Wants(container))
            {
                container.Bind(decoder, decoder.Decode(container.StreamId, record));
                cache.Replays.Add(container);
                containers.Add(container);
            }
        }
        catch (KafkaRecordException)
        {
            // It is among the dead letters since it was read for the first time.
            LogSkipped(provider, partition.Topic.Topic, partition.Number, result.Offset.Value);
        }
    }

    [LoggerMessage(4401, LogLevel.Warning, "Stream provider {Provider} cannot read {Topic}/{Partition} yet ({Code}: {Reason}); it tries again.")]
    private partial void LogNotOpened(string provider, string topic, int partition, ErrorCode code, string reason);

    [LoggerMessage(4402, LogLevel.Information, "Stream provider {Provider} reads {Topic}/{Partition} again from offset {From} to {To} for a subscription.")]
    private partial void LogReplay(string provider, string topic, int partition, long from, long to);

    [LoggerMessage(4403, LogLevel.Information, "Stream provider {Provider}: the record {Topic}/{Partition}@{Offset} cannot be read and is skipped in a rewind.")]
    private partial void LogSkipped(string provider, string topic, int partition, long offset);
}
