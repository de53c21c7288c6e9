namespace Recoup.Attention;

/// <summary>
/// A grain that may have something to do without being called: an attempt whose result is unknown, an outbox to publish, a renewal that is due.
/// Its state says when (<see cref="IHasAttention"/>), in the same storage write; a sweep at start and every few seconds calls those that are due.
/// </summary>
[Alias("recoup.attentive")]
public interface IAttentive : IGrainWithStringKey
{
    /// <summary>Does what is due. Harmless when nothing is, and when it is under way.</summary>
    [Alias("resume")]
    Task ResumeAsync();
}

/// <summary>Implemented by a grain's state.</summary>
public interface IHasAttention
{
    /// <summary>Wall time, UTC, from which on somebody must look at the grain if it has not moved by itself; null: never.</summary>
    DateTimeOffset? AttentionAt { get; }
}
