namespace Recoup.Embedded.Kafka.Log;

/// <summary>
/// The log of one partition: segments, the idempotent producers, and the end up to which records are on the disk. Appending and housekeeping
/// hold its lock; reading does not. Nothing beyond the committed end is shown to anybody.
/// </summary>
internal sealed partial class PartitionLog : ICommitTarget
{
    /// <summary>There is one broker, which leads everything from its first day on.</summary>
    public const int LeaderEpoch = 0;

    /// <summary>Bytes of log between two checkpoints: about what a start after a crash has to read again.</summary>
    private const long CheckpointInterval = 64L << 20;

    private static readonly TimeSpan ProducerExpiry = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly string folder;
    private readonly GroupCommit commits;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly ProducerStates producers;
    private readonly List<Segment> sealedSinceCommit = [];
    private List<FetchWaiter> waiters = [];
    private volatile Segment[] segments;
    private volatile CommittedEnd committed;
    private volatile bool isFailed;
    private volatile bool isRemoved;
    private bool hasNewFile;
    private long nextOffset;
    private long writtenSinceCheckpoint;

    public PartitionLog(string folder, LogSettings settings, GroupCommit commits, TimeProvider clock, ILogger logger)
    {
        (this.folder, Settings, this.commits, this.clock, this.logger) = (folder, settings, commits, clock, logger);
        var recovered = LogRecovery.Run(folder, Now);
        (segments, producers, nextOffset) = ([.. recovered.Segments], recovered.Producers, recovered.NextOffset);
        committed = new CommittedEnd(nextOffset, segments.Length == 0 ? 0 : segments[^1].BaseOffset, segments.Length == 0 ? 0 : segments[^1].Size);
        if (recovered.BytesDropped > 0)
        {
            LogTornTail(folder, recovered.BytesDropped, nextOffset);
        }
    }

    public LogSettings Settings { get; }

    public long StartOffset => segments is [var first, ..] ? first.BaseOffset : 0;

    /// <summary>The offset after the last record that is on the disk: Kafka's high watermark and last stable offset.</summary>
    public long EndOffset => committed.Offset;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Finds where a fetch may read: whole batches are not promised at the end, only at the beginning.</summary>
    /// <param name="mayExceed">Whether a first batch larger than <paramref name="maxBytes"/> is given whole, so that a consumer can always go on.</param>
    public LogSlice Locate(long offset, int maxBytes, bool mayExceed)
    {
        var end = committed;
        var all = segments;
        if (offset >= end.Offset)
        {
            return default;
        }

        var segment = all[SegmentFor(all, offset)];
        var limit = segment.BaseOffset == end.SegmentBase ? end.Position : segment.Size;
        var batch = BatchFinder.AtOrAfter(segment, offset, segment.Index.PositionFor(offset), limit);
        if (batch.Size > maxBytes)
        {
            return mayExceed ? new(segment, batch.Position, batch.Size) : default;
        }

        return new(segment, batch.Position, (int)Math.Min(limit - batch.Position, maxBytes));
    }

    /// <summary>The first record at or after a time, as far as the headers of compressed batches tell; null when there is none.</summary>
    public (long Offset, long Timestamp)? FindTime(long timestamp)
    {
        var end = committed;
        foreach (var segment in segments)
        {
            if (segment.MaxTimestamp < timestamp || segment.BaseOffset >= end.Offset)
            {
                continue;
            }

            var limit = segment.BaseOffset == end.SegmentBase ? end.Position : segment.Size;
            if (BatchFinder.FirstAtTime(segment, timestamp, limit) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Wakes the waiter the next time that records can be read.</summary>
    public void Register(FetchWaiter waiter)
    {
        lock (gate)
        {
            waiters.RemoveAll(static each => each.IsOver);
            waiters.Add(waiter);
        }
    }

    /// <summary>Stops for good: what was written is on the disk, and the next start has nothing to read again.</summary>
    public void Close()
    {
        Commit();
        lock (gate)
        {
            if (segments.Length > 0 && !isFailed && !isRemoved)
            {
                Checkpoint.Save(folder, TakeCheckpoint(isCleanStop: true));
            }

            isFailed = true;
            foreach (var segment in segments)
            {
                segment.Close();
            }
        }
    }

    /// <summary>The topic is deleted: appends and reads find nothing from now on. The files are the caller's.</summary>
    public void Remove()
    {
        isRemoved = true;
        WakeWaiters();
    }

    private void WakeWaiters()
    {
        List<FetchWaiter> woken;
        lock (gate)
        {
            if (waiters.Count == 0)
            {
                return;
            }

            (woken, waiters) = (waiters, []);
        }

        foreach (var waiter in woken)
        {
            waiter.Wake();
        }
    }

    /// <summary>After a failed write or flush nobody knows what the disk holds: the log takes nothing more until a new start has looked.</summary>
    private void Fail(Exception failure)
    {
        if (!isRemoved && !isFailed)
        {
            isFailed = true;
            LogFailed(failure, folder);
        }
    }

    private static int SegmentFor(Segment[] all, long offset)
    {
        var (low, high) = (0, all.Length);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (all[middle].BaseOffset <= offset)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    [LoggerMessage(1, LogLevel.Warning, "Partition {Folder}: {Bytes} bytes after the last whole batch were dropped; the log ends at offset {Offset}.")]
    private partial void LogTornTail(string folder, long bytes, long offset);

    [LoggerMessage(2, LogLevel.Critical, "Partition {Folder} could not be written and takes nothing more until the broker is started again.")]
    private partial void LogFailed(Exception failure, string folder);
}

/// <summary>The end of what is on the disk.</summary>
internal sealed record CommittedEnd(long Offset, long SegmentBase, long Position);

/// <summary>A piece of a segment's file.</summary>
internal readonly record struct LogSlice(Segment? Segment, long Position, int Length);
