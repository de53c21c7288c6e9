using Orleans.Streams;

namespace Recoup.Events;

/// <summary>
/// Publishes through the silo's stream provider. One stream a topic, however many keys it has (the event carries its own): the runtime keeps every
/// stream that was ever asked for, and a stream a payment would never be let go.
/// </summary>
internal sealed class StreamEventPublisher(IStreamProvider provider) : IEventPublisher
{
    private const string StreamKey = "outbox";

    private readonly Dictionary<string, IAsyncStream<OutgoingEvent>> streams =
        Topics.Published.ToDictionary(topic => topic, topic => provider.GetStream<OutgoingEvent>(StreamId.Create(topic, StreamKey)), StringComparer.Ordinal);

    public Task PublishAsync(IReadOnlyList<OutgoingEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        return events.Count == 1
            ? streams[events[0].Topic].OnNextAsync(events[0])
            : Task.WhenAll(events.GroupBy(one => one.Topic, StringComparer.Ordinal).Select(topic => streams[topic.Key].OnNextBatchAsync(topic)));
    }
}
