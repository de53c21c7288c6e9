namespace Recoup.Embedded.Kafka.Log;

/// <content>How what was written reaches the disk.</content>
internal sealed partial class PartitionLog
{
    /// <inheritdoc />
    public void Commit()
    {
        Segment[] closing;
        Segment active;
        CommittedEnd end;
        byte[]? checkpoint = null;
        bool syncFolder;
        lock (gate)
        {
            if (isFailed || isRemoved || segments.Length == 0)
            {
                return;
            }

            closing = [.. sealedSinceCommit];
            sealedSinceCommit.Clear();
            active = segments[^1];
            end = new CommittedEnd(nextOffset, active.BaseOffset, active.Size);
            (syncFolder, hasNewFile) = (hasNewFile, false);
            if (closing.Length > 0 || writtenSinceCheckpoint >= CheckpointInterval)
            {
                checkpoint = TakeCheckpoint(isCleanStop: false);
            }
        }

        try
        {
            Sync(closing, active, syncFolder);
            Publish(end);
            if (checkpoint is not null)
            {
                Checkpoint.Save(folder, checkpoint);
            }
        }
        catch (Exception failure)
        {
            // Whatever it is: nobody may be told that the records are safe.
            Fail(failure);
        }
    }

    private void Sync(Segment[] closing, Segment active, bool syncFolder)
    {
        foreach (var segment in closing)
        {
            segment.Sync();
            IndexFile.Save(segment);
        }

        active.Sync();
        if (syncFolder)
        {
            DurableFile.SyncFolder(folder);
        }
    }

    /// <summary>Under the lock: what is here is what the next flush brings to the disk.</summary>
    private byte[] TakeCheckpoint(bool isCleanStop)
    {
        writtenSinceCheckpoint = 0;
        var active = segments[^1];
        return new Checkpoint(active.BaseOffset, active.Size, nextOffset, active.MaxTimestamp, isCleanStop, [.. producers.All], active.Index.Entries.ToArray()).Encode();
    }

    private void Publish(CommittedEnd end)
    {
        if (end.Offset > committed.Offset)
        {
            committed = end;
            WakeWaiters();
        }
    }
}
