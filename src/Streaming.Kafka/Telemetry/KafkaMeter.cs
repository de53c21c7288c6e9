using System.Diagnostics;
using System.Diagnostics.Metrics;

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

    public KafkaMeter()
    {
        published = meter.CreateCounter<long>("recoup.kafka.published", "{record}", "Records that the brokers acknowledged.");
        publishFailures = meter.CreateCounter<long>("recoup.kafka.publish_failures", "{record}", "Records that were refused or not acknowledged in time.");
        publishDuration = meter.CreateHistogram<double>("recoup.kafka.publish.duration", "s", "From the call to the acknowledgement.");
        inFlight = meter.CreateUpDownCounter<long>("recoup.kafka.in_flight", "{record}", "Records handed to the client and not yet acknowledged.");
    }

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
}
