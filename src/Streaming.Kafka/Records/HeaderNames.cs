namespace Recoup.Streaming.Kafka.Records;

/// <summary>The headers that this provider writes and reads.</summary>
public static class HeaderNames
{
    /// <summary>What happened, as the topic's readers name it.</summary>
    public const string EventType = "event-type";

    /// <summary>The version of the value's shape, a whole number.</summary>
    public const string SchemaVersion = "schema-version";

    /// <summary>The W3C trace context of whoever published the record.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>The vendor part of the W3C trace context, beside <see cref="TraceParent"/>.</summary>
    public const string TraceState = "tracestate";
}
