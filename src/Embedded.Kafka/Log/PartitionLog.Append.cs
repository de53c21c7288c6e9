using Recoup.Embedded.Kafka.Protocol;
using Recoup.Embedded.Kafka.Records;

namespace Recoup.Embedded.Kafka.Log;

/// <content>How a batch gets its place.</content>
internal sealed partial class PartitionLog
{
    /// <summary>Appends one checked batch; its offset and epoch are written into the given bytes.</summary>
    public AppendOutcome Append(Span<byte> bytes)
    {
        var batch = new RecordBatch(bytes);
        lock (gate)
        {
            if (isRemoved || isFailed)
            {
                return new(isRemoved ? ErrorCode.UnknownTopicOrPartition : ErrorCode.StorageError, -1);
            }

            if (batch.HasProducer)
            {
                var verdict = producers.Check(batch);
                if (verdict.Error != ErrorCode.None)
                {
                    return new(verdict.Error, StartOffset);
                }

                if (verdict.Duplicate is { } stored)
                {
                    return new(ErrorCode.None, StartOffset, stored.BaseOffset, stored.AppendedAt, stored.BaseOffset < committed.Offset ? Task.CompletedTask : commits.Enlist(this));
                }
            }

            return TryWrite(batch) ? Acknowledge(batch) : new(ErrorCode.StorageError, -1);
        }
    }

    private AppendOutcome Acknowledge(RecordBatch batch)
    {
        var appendedAt = batch.IsLogAppendTime ? batch.MaxTimestamp : -1;
        var durable = Task.CompletedTask;
        if (Settings.IsSynced || sealedSinceCommit.Count > 0 || writtenSinceCheckpoint >= CheckpointInterval)
        {
            durable = commits.Enlist(this);
        }

        if (!Settings.IsSynced)
        {
            committed = new CommittedEnd(nextOffset, segments[^1].BaseOffset, segments[^1].Size);
            WakeWaiters();
            durable = Task.CompletedTask;
        }

        return new(ErrorCode.None, StartOffset, batch.BaseOffset, appendedAt, durable);
    }

    private bool TryWrite(RecordBatch batch)
    {
        var now = Now;
        try
        {
            var active = ActiveFor(batch.Bytes.Length, now);
            batch.Place(nextOffset, LeaderEpoch);
            Write(active, batch.Bytes);
            active.Index.Note(nextOffset, active.Size, active.MaxTimestamp);
            active.Size += batch.Bytes.Length;
            active.MaxTimestamp = Math.Max(active.MaxTimestamp, batch.MaxTimestamp);
            active.FirstAppendedAt ??= now;
        }
        catch (AppendRefusedException refused)
        {
            LogRefused(refused, folder);
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Fail(failure);
            return false;
        }

        nextOffset += batch.LastOffsetDelta + 1L;
        writtenSinceCheckpoint += batch.Bytes.Length;
        if (batch.HasProducer)
        {
            producers.Note(batch, now);
        }

        return true;
    }

    /// <summary>A write that fails half done, such as on a full disk, is taken back: the log stays good.</summary>
    private static void Write(Segment active, ReadOnlySpan<byte> batch)
    {
        try
        {
            active.Append(batch);
        }
        catch (IOException failure)
        {
            active.Truncate(active.Size);
            throw new AppendRefusedException(failure);
        }
    }

    private Segment ActiveFor(int size, long now)
    {
        if (segments is [.., var last] && (last.Size == 0 || (last.Size + size <= Settings.SegmentBytes && now - (last.FirstAppendedAt ?? now) < Settings.SegmentAge.TotalMilliseconds)))
        {
            return last;
        }

        return Roll();
    }

    /// <summary>Begins a new segment; the one before is brought to the disk in the next commit.</summary>
    private Segment Roll()
    {
        if (segments.Length == 0)
        {
            Directory.CreateDirectory(folder);
            var topic = Path.GetDirectoryName(folder)!;
            DurableFile.SyncFolder(topic);
            DurableFile.SyncFolder(Path.GetDirectoryName(topic)!);
        }
        else
        {
            sealedSinceCommit.Add(segments[^1]);
        }

        var next = new Segment(folder, nextOffset);
        next.Create();
        hasNewFile = true;
        segments = [.. segments, next];
        return next;
    }

    [LoggerMessage(3, LogLevel.Error, "Partition {Folder} could not take a batch; the next may be taken again.")]
    private partial void LogRefused(Exception failure, string folder);

    /// <summary>Nothing of the batch is in the file.</summary>
    private sealed class AppendRefusedException(Exception inner) : Exception(inner.Message, inner);
}

/// <summary>What became of a batch.</summary>
/// <param name="StartOffset">The log's first offset; -1 where Kafka does not tell it.</param>
/// <param name="AppendedAt">Unix milliseconds, where the log gives the time or the batch was there before; else -1.</param>
/// <param name="Durable">Ends when the batch is on the disk.</param>
internal readonly record struct AppendOutcome(ErrorCode Error, long StartOffset, long BaseOffset = -1, long AppendedAt = -1, Task? Durable = null);
