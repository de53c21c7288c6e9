namespace Recoup.Lakehouse.FlinkSql.Backfilling;

/// <summary>One end of a range: an offset, which counts in every partition, or a time, before which no record of the range was published.</summary>
public abstract record RangeBound
{
    /// <summary>The oldest record, or behind the newest.</summary>
    public static RangeBound Open { get; } = new OpenBound();

    public static RangeBound At(long offset) => new OffsetBound(offset);

    public static RangeBound At(DateTimeOffset time) => new TimeBound(time);
}

internal sealed record OpenBound : RangeBound;

internal sealed record OffsetBound(long Offset) : RangeBound;

internal sealed record TimeBound(DateTimeOffset Time) : RangeBound;
