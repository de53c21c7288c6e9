using System.Collections.Concurrent;
using Recoup.Events;

namespace Recoup.Grains.Tests.Clusters;

/// <summary>An event log in memory that acknowledges everything, unless it is told not to.</summary>
internal sealed class RecordedLog : IEventPublisher
{
    private readonly ConcurrentQueue<OutgoingEvent> events = new();

    public IReadOnlyList<OutgoingEvent> Events => [.. events];

    /// <summary>While it is true, nothing is taken.</summary>
    public bool IsDown { get; set; }

    public Task PublishAsync(IReadOnlyList<OutgoingEvent> batch)
    {
        if (IsDown)
        {
            throw new IOException("The log is down.");
        }

        foreach (var one in batch)
        {
            events.Enqueue(one);
        }

        return Task.CompletedTask;
    }
}
