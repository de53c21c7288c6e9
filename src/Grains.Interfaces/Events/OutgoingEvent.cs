using System.Text;

namespace Recoup.Events;

/// <summary>What goes into the event log: one record, its bytes as readers will find them.</summary>
[GenerateSerializer, Immutable, Alias("recoup.outgoing-event")]
public sealed record OutgoingEvent
{
    /// <summary>The version of all value shapes so far; the header <c>schema-version</c>.</summary>
    public const int SchemaVersion = 1;

    [Id(0)] public required string Topic { get; init; }

    /// <summary>Records of one key keep their order.</summary>
    [Id(1)] public required string Key { get; init; }

    /// <summary>The header <c>event-type</c>.</summary>
    [Id(2)] public required string EventType { get; init; }

    [Id(3)] public required byte[] Value { get; init; }

    /// <summary>Why it is here; on dead letters only.</summary>
    [Id(4)] public string? Reason { get; init; }

    public static OutgoingEvent Of(OutboxEvent saved) => new()
    {
        Topic = saved.Topic,
        Key = saved.Key,
        EventType = saved.EventType,
        Value = Encoding.UTF8.GetBytes(saved.Json),
    };
}
