namespace Recoup.Embedded.Kafka.Log;

/// <summary>How a partition's log is kept.</summary>
/// <param name="SegmentBytes">A segment that would grow beyond this is followed by a new one.</param>
/// <param name="SegmentAge">So is one whose first batch is older than this.</param>
/// <param name="RetentionTime">Segments whose latest record is older go; null keeps them.</param>
/// <param name="RetentionBytes">The oldest segments go while the others hold this much; null keeps them.</param>
/// <param name="IsSynced">Whether records are on the disk before they are acknowledged and can be read.</param>
internal sealed record LogSettings(long SegmentBytes, TimeSpan SegmentAge, TimeSpan? RetentionTime, long? RetentionBytes, bool IsSynced)
{
    public static LogSettings Default { get; } = new(1L << 30, TimeSpan.FromDays(7), TimeSpan.FromDays(7), null, true);
}
