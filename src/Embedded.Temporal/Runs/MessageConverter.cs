using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recoup.Embedded.Temporal.Runs;

/// <summary>The protocol's messages inside a saved run state: their own bytes.</summary>
internal sealed class MessageConverter<T> : JsonConverter<T>
    where T : class, IMessage<T>, new()
{
    private static readonly MessageParser<T> Parser = new(() => new T());

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parser.ParseFrom(reader.GetBytesFromBase64());

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.ToByteArray());
}

/// <summary>A list of events as one message.</summary>
internal sealed class EventsConverter : JsonConverter<List<HistoryEvent>>
{
    public override List<HistoryEvent> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        [.. History.Parser.ParseFrom(reader.GetBytesFromBase64()).Events];

    public override void Write(Utf8JsonWriter writer, List<HistoryEvent> value, JsonSerializerOptions options)
    {
        var events = new History();
        events.Events.AddRange(value);
        writer.WriteBase64StringValue(events.ToByteArray());
    }
}
