namespace Recoup.Events;

/// <summary>An event as it will stand in Kafka: saved with the state that it tells of, published afterwards, again after a crash.</summary>
[GenerateSerializer, Immutable, Alias("recoup.outbox-event")]
public sealed record OutboxEvent
{
    /// <summary>Deterministic, so that everything downstream can drop duplicates.</summary>
    [Id(0)] public required string EventId { get; init; }
    [Id(1)] public required string EventType { get; init; }

    /// <summary>The topic, as in CONTRACTS: <c>payments.charges</c>, ...</summary>
    [Id(2)] public required string Topic { get; init; }

    /// <summary>The record's key: the payment id, or the subscription id.</summary>
    [Id(3)] public required string Key { get; init; }

    /// <summary>The value: one plain JSON object, UTF-8.</summary>
    [Id(4)] public required string Json { get; init; }
}
