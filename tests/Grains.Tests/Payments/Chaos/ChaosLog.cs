using System.Collections.Concurrent;
using System.Text.Json;
using Recoup.Events;

namespace Recoup.Grains.Tests.Payments.Chaos;

/// <summary>An event log that may refuse a batch, or take it and lose the acknowledgement.</summary>
internal sealed class ChaosLog(Mischief mischief) : IEventPublisher
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> idsByKey = new(StringComparer.Ordinal);

    /// <summary>Event ids under a key, in the order in which a reader first meets them.</summary>
    public IReadOnlyList<string> FirstSeen(string key) => idsByKey.TryGetValue(key, out var ids) ? [.. ids.Distinct()] : [];

    public Task PublishAsync(IReadOnlyList<OutgoingEvent> events)
    {
        mischief.MayThrow("the log could not be reached");
        foreach (var one in events)
        {
            using var value = JsonDocument.Parse(one.Value);
            idsByKey.GetOrAdd(one.Key, static _ => new()).Enqueue(value.RootElement.GetProperty("event_id").GetString()!);
        }

        mischief.MayThrow("the log's acknowledgement was lost");
        return Task.CompletedTask;
    }
}
