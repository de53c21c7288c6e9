using System.Diagnostics;
using Recoup.Streaming.Kafka.Producing;
using Recoup.Streaming.Kafka.Records;

namespace Recoup.Streaming.Kafka.Telemetry;

/// <summary>Activities of publishing and delivering, and the header that connects the two.</summary>
internal static class KafkaTracing
{
    public const string Name = "Recoup.Streaming.Kafka";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Whether anybody listens; without a listener publishing needs no state machine of its own.</summary>
    public static bool IsOn => Source.HasListeners();

    public static Activity? StartPublish(string topic, int records)
    {
        var activity = Source.StartActivity($"publish {topic}", ActivityKind.Producer);
        activity?.SetTag("messaging.system", "kafka")
            .SetTag("messaging.operation.type", "send")
            .SetTag("messaging.destination.name", topic)
            .SetTag("messaging.batch.message_count", records);
        return activity;
    }

    /// <summary>One event handled by one subscriber, in the trace of whoever published it.</summary>
    public static Activity? StartDelivery(StreamId stream, KafkaRecord record)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        ActivityContext.TryParse(record.Header(HeaderNames.TraceParent), record.Header(HeaderNames.TraceState), isRemote: true, out var publisher);
        var here = Activity.Current?.Context;
        return Source.StartActivity($"deliver {stream.GetNamespace()}", ActivityKind.Consumer, publisher, links: here is { } call ? [new ActivityLink(call)] : [])
            ?.SetTag("messaging.system", "kafka")
            .SetTag("messaging.operation.type", "process")
            .SetTag("messaging.destination.name", stream.GetNamespace());
    }

    /// <summary>The headers with the current trace context, unless the record brought its own.</summary>
    public static void AddTo(Headers headers, KafkaRecord record)
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C, Id: { } id } current || record.Header(HeaderNames.TraceParent) is not null)
        {
            return;
        }

        headers.Add(HeaderNames.TraceParent, System.Text.Encoding.ASCII.GetBytes(id));
        if (!string.IsNullOrEmpty(current.TraceStateString))
        {
            headers.Add(HeaderNames.TraceState, System.Text.Encoding.UTF8.GetBytes(current.TraceStateString));
        }
    }

    public static void Fail(Activity? activity, Exception exception) => activity?.SetStatus(
        ActivityStatusCode.Error, exception is KafkaPublishException { Failures: [var first, ..] } ? first.Code : exception.GetType().Name);
}
