namespace Recoup.Events;

/// <summary>The way into the event log. What is behind it keeps the order of calls for each key.</summary>
public interface IEventPublisher
{
    /// <summary>
    /// Completes when the log has acknowledged every event. When it throws, some of them may be in the log: publish all of them again, which is harmless,
    /// because readers know them by their ids.
    /// </summary>
    Task PublishAsync(IReadOnlyList<OutgoingEvent> events);
}
