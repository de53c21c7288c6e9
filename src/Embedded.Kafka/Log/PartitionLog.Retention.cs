namespace Recoup.Embedded.Kafka.Log;

/// <content>What goes after its time.</content>
internal sealed partial class PartitionLog
{
    /// <summary>Removes segments that are too old or too many, and producers that were silent for a day.</summary>
    public void CleanUp()
    {
        var now = Now;
        List<Segment> removed;
        lock (gate)
        {
            if (isRemoved || isFailed || segments.Length == 0)
            {
                return;
            }

            producers.ForgetBefore(now - (long)ProducerExpiry.TotalMilliseconds);
            if (segments[^1].Size > 0 && IsExpired(segments[^1], now) && committed.Offset == nextOffset)
            {
                Roll();
                commits.Enlist(this);
            }

            removed = TakeOld(now);
        }

        foreach (var segment in removed)
        {
            segment.Delete();
        }
    }

    /// <summary>The oldest segments that may go; the last one stays, since its name is where the log goes on.</summary>
    private List<Segment> TakeOld(long now)
    {
        var all = segments;
        var (size, count) = (all.Sum(segment => segment.Size), 0);
        while (count < all.Length - 1 && all[count + 1].BaseOffset <= committed.Offset && !sealedSinceCommit.Contains(all[count]))
        {
            var isBeyondSize = Settings.RetentionBytes is { } most && size - all[count].Size >= most;
            if (!isBeyondSize && !IsExpired(all[count], now))
            {
                break;
            }

            size -= all[count].Size;
            count++;
        }

        segments = all[count..];
        return [.. all[..count]];
    }

    private bool IsExpired(Segment segment, long now) => Settings.RetentionTime is { } longest && segment.MaxTimestamp < now - longest.TotalMilliseconds;
}
