namespace Recoup.Events;

/// <summary>What the silo's composition has to know of the event streams.</summary>
public static class EventStreams
{
    /// <summary>Name of the stream provider; it has a namespace for each of <see cref="Topics.Published"/> and <see cref="Topics.Requests"/>.</summary>
    public const string ProviderName = "kafka";
}
