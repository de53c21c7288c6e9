namespace Recoup.Pipeline.Monitors;

/// <summary>How long the event log is.</summary>
public interface IEventLogGauge
{
    /// <summary>Of each partition the offset that its next record will have.</summary>
    Task<IReadOnlyList<LogEnd>> ReadEndsAsync(IReadOnlyList<string> topics, CancellationToken cancellation);
}

/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Low">The first offset that is still kept.</param>
/// <param name="High">The offset of the record that comes next.</param>
public sealed record LogEnd(string Topic, int Partition, long Low, long High);
