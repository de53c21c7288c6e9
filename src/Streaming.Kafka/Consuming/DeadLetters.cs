using System.Globalization;
using Microsoft.Extensions.Logging;
using Recoup.Streaming.Kafka.Hosting;
using Recoup.Streaming.Kafka.Producing;
using Recoup.Streaming.Kafka.Records;
using Recoup.Streaming.Kafka.Streams;
using Recoup.Streaming.Kafka.Telemetry;

namespace Recoup.Streaming.Kafka.Consuming;

/// <summary>Where records end that cannot be delivered: the same key, value and headers, and headers that say where it lay and why it is here.</summary>
internal sealed partial class DeadLetters(string provider, KafkaStreamOptions options, IKafkaProducer producer, KafkaMeter meter, TimeProvider clock, ILogger<DeadLetters> logger)
{
    public const string NotReadable = "not_readable";
    public const string NotDelivered = "not_delivered";

    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(10);

    /// <summary>Publishes until the brokers acknowledge: a record must not get lost on its way to the dead letters. False when it was told to stop.</summary>
    public async Task<bool> PublishAsync(
        KafkaPartition from, long offset, KafkaRecord record, string kind, string reason, CancellationToken stopping)
    {
        LogDeadLetter(provider, from.Topic.Topic, from.Number, offset, kind, reason);
        var letter = Letter(from, offset, record, kind, reason);
        for (var pause = TimeSpan.FromMilliseconds(100); !stopping.IsCancellationRequested; pause = pause * 2 > PauseMax ? PauseMax : pause * 2)
        {
            try
            {
                await producer.PublishAsync(new KafkaMessage(options.DeadLetterTopic, letter), stopping);
                meter.DeadLetter(from, kind);
                return true;
            }
            catch (KafkaPublishException exception) when (exception.Failures is [{ Code: nameof(ErrorCode.MsgSizeTooLarge) }] && letter.Value is { } value)
            {
                // With its headers it no longer fits; where it lies is in the headers.
                letter = letter with { Value = null, Headers = [.. letter.Headers, new(DeadLetterHeaders.OmittedBytes, Text(value.Length))] };
            }
            catch (KafkaPublishException exception)
            {
                LogNotPublished(provider, options.DeadLetterTopic, exception.Message);
                await Task.Delay(pause, clock, stopping).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return false;
            }
        }

        return false;
    }

    private KafkaRecord Letter(KafkaPartition from, long offset, KafkaRecord record, string kind, string reason)
    {
        var kept = Kept(from.Topic.Topic, record);
        return kept with
        {
            Headers =
            [
                .. kept.Headers,
                new(DeadLetterHeaders.Kind, kind),
                new(DeadLetterHeaders.Reason, reason),
                new(DeadLetterHeaders.Topic, from.Topic.Topic),
                new(DeadLetterHeaders.Partition, Text(from.Number)),
                new(DeadLetterHeaders.Offset, Text(offset)),
                new(DeadLetterHeaders.Group, options.GroupId),
            ],
        };
    }

    /// <summary>What may be kept of the record. If that cannot be told, nothing of its value is.</summary>
    private KafkaRecord Kept(string topic, KafkaRecord record)
    {
        try
        {
            return options.DeadLetterRecordOf(topic, record);
        }
        catch (Exception exception)
        {
            LogNotKept(provider, topic, exception);
            return record with { Value = null, Headers = [] };
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(4501, LogLevel.Error, "Stream provider {Provider}: {Topic}/{Partition}@{Offset} goes to the dead letters, {Kind}: {Reason}")]
    private partial void LogDeadLetter(string provider, string topic, int partition, long offset, string kind, string reason);

    [LoggerMessage(4503, LogLevel.Error, "Stream provider {Provider}: DeadLetterRecordOf failed for a record of {Topic}; its dead letter has no value.")]
    private partial void LogNotKept(string provider, string topic, Exception exception);

    [LoggerMessage(4502, LogLevel.Error, "Stream provider {Provider}: no dead letter could be published to {Topic}, so its partition's offset stays where it is. {Reason}")]
    private partial void LogNotPublished(string provider, string topic, string reason);
}
