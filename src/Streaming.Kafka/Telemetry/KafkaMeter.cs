using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Orleans.Streams;
using Recoup.Streaming.Kafka.Consuming;
using Recoup.Streaming.Kafka.Streams;

namespace Recoup.Streaming.Kafka.Telemetry;

/// <summary>What the provider measures of itself, under the meter <c>Recoup.Streaming.Kafka</c>.</summary>
internal sealed class KafkaMeter : IDisposable
{
    public const string Name = "Recoup.Streaming.Kafka";

    private readonly Meter meter = new(Name);
    private readonly Counter<long> published;
    private readonly Counter<long> publishFailures;
    private readonly Histogram<double> publishDuration;
    private readonly UpDownCounter<long> inFlight;
    private readonly Counter<long> read;
    private readonly Counter<long> delivered;
    private readonly Counter<long> deadLetters;
    private readonly Counter<long> offsetsLost;
    private readonly Histogram<double> queueDuration;
    private readonly ConcurrentDictionary<PartitionFeed, KeyValuePair<string, object?>[]> feeds = new();

    public KafkaMeter()
    {
        published = meter.CreateCounter<long>("recoup.kafka.published", "{record}", "Records that the brokers acknowledged.");
        publishFailures = meter.CreateCounter<long>("recoup.kafka.publish_failures", "{record}", "Records that were refused or not acknowledged in time.");
        publishDuration = meter.CreateHistogram<double>("recoup.kafka.publish.duration", "s", "From the call to the acknowledgement.");
        inFlight = meter.CreateUpDownCounter<long>("recoup.kafka.in_flight", "{record}", "Records handed to the client and not yet acknowledged.");
        read = meter.CreateCounter<long>("recoup.kafka.read", "{record}", "Records that were read from the log.");
        delivered = meter.CreateCounter<long>("recoup.kafka.delivered", "{record}", "Records that every subscriber of their stream has.");
        deadLetters = meter.CreateCounter<long>("recoup.kafka.dead_letters", "{record}", "Records that could not be read or delivered.");
        offsetsLost = meter.CreateCounter<long>("recoup.kafka.offsets_lost", "{offset}", "Committed offsets that the log no longer had.");
        queueDuration = meter.CreateHistogram<double>("recoup.kafka.queue.duration", "s", "From a record's timestamp until every subscriber had it.");
        meter.CreateObservableGauge("recoup.kafka.lag", MeasureLag, "{record}", "Records of the log that are not delivered yet, by partition.");
    }

    public void Read(KafkaPartition partition) => read.Add(1, TopicTag(partition));

    public void Delivered(KafkaPartition partition, IList<IBatchContainer> records, DateTimeOffset now)
    {
        delivered.Add(records.Count, TopicTag(partition));
        if (!queueDuration.Enabled)
        {
            return;
        }

        foreach (var record in records)
        {
            if (record is KafkaBatchContainer { Record.Timestamp: { } made })
            {
                queueDuration.Record(Math.Max(0, (now - made).TotalSeconds), TopicTag(partition));
            }
        }
    }

    public void DeadLetter(KafkaPartition partition, string kind) => deadLetters.Add(1, TopicTag(partition), new("kind", kind));

    public void OffsetLost(string topic, int partition) => offsetsLost.Add(1, new("topic", topic), new("partition", partition));

    public void Track(PartitionFeed feed) => feeds[feed] = [TopicTag(feed.Partition), new("partition", feed.Partition.Number)];

    public void Untrack(PartitionFeed feed) => feeds.TryRemove(feed, out _);

    public void Sent() => inFlight.Add(1);

    public void Returned(int records = 1) => inFlight.Add(-records);

    public void Published(string topic, long startedAt)
    {
        published.Add(1, new KeyValuePair<string, object?>("topic", topic));
        publishDuration.Record(Stopwatch.GetElapsedTime(startedAt).TotalSeconds, new KeyValuePair<string, object?>("topic", topic));
    }

    public void PublishFailed(string topic, string reason) =>
        publishFailures.Add(1, new("topic", topic), new("reason", reason));

    public void Dispose() => meter.Dispose();

    private static KeyValuePair<string, object?> TopicTag(KafkaPartition partition) => new("topic", partition.Topic.Topic);

    private IEnumerable<Measurement<long>> MeasureLag() => feeds.Select(feed => new Measurement<long>(feed.Key.Lag, feed.Value));
}
