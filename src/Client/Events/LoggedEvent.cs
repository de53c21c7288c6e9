using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Confluent.Kafka;
using Recoup.Client.Simulate.Injection;

namespace Recoup.Client.Events;

/// <summary>One record of the event log, as a person or a program reads it.</summary>
internal sealed record LoggedEvent
{
    public required string Topic { get; init; }
    public required int Partition { get; init; }
    public required long Offset { get; init; }

    /// <summary>When it was published; wall time.</summary>
    public required DateTimeOffset PublishedAt { get; init; }
    public required string? Key { get; init; }

    /// <summary>The header <c>event-type</c>.</summary>
    public required string? EventType { get; init; }

    /// <summary>On dead letters: why.</summary>
    public required string? Reason { get; init; }

    /// <summary>Who sent it past Recoup; null on Recoup's own and the providers'.</summary>
    public string? InjectedBy { get; init; }

    /// <summary>What the validation should say of an injected one.</summary>
    public string? InjectedReasons { get; init; }

    /// <summary>The value; a JSON text where it is not JSON, null for an empty record.</summary>
    public required JsonNode? Value { get; init; }

    /// <summary>The payment that it tells of; null where it names none.</summary>
    public string? PaymentId => Text("payment_id");

    /// <summary>Where it lies, as <c>topic/partition/offset</c>.</summary>
    [JsonIgnore]
    public string Address => string.Create(CultureInfo.InvariantCulture, $"{Topic}/{Partition}/{Offset}");

    /// <summary>What makes an event the same one, however often it was published.</summary>
    public string EventId => Text("event_id") ?? Text("id") ?? Address;

    public static LoggedEvent Of(ConsumeResult<byte[]?, byte[]?> record) => new()
    {
        Topic = record.Topic,
        Partition = record.Partition.Value,
        Offset = record.Offset.Value,
        PublishedAt = new DateTimeOffset(record.Message.Timestamp.UtcDateTime, TimeSpan.Zero),
        Key = record.Message.Key is { } key ? Encoding.UTF8.GetString(key) : null,
        EventType = Header(record, "event-type"),
        Reason = Header(record, "dead-letter-reason"),
        InjectedBy = Header(record, BadRecord.InjectedBy),
        InjectedReasons = Header(record, BadRecord.ReasonsHeader),
        Value = Read(record.Message.Value),
    };

    /// <summary>A field of the value as text; null where it is missing or the value is no object.</summary>
    public string? Text(string field) => (Value as JsonObject)?[field] is JsonValue value ? value.ToString() : null;

    private static string? Header(ConsumeResult<byte[]?, byte[]?> record, string name) =>
        record.Message.Headers?.TryGetLastBytes(name, out var bytes) == true && bytes is not null ? Encoding.UTF8.GetString(bytes) : null;

    private static JsonNode? Read(byte[]? value)
    {
        if (value is null or { Length: 0 })
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(Encoding.UTF8.GetString(value));
        }
    }
}
