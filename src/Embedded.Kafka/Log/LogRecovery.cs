using System.Buffers;
using Recoup.Embedded.Kafka.Records;

namespace Recoup.Embedded.Kafka.Log;

/// <summary>A log as it was found.</summary>
internal sealed record RecoveredLog(List<Segment> Segments, ProducerStates Producers, long NextOffset, long BytesDropped);

/// <summary>
/// Opens the files of a partition. What a checkpoint vouches for is not read again; from there on every batch is checked, and the first
/// that is not whole ends the log: what follows was never acknowledged.
/// </summary>
internal static class LogRecovery
{
    private const int Chunk = 1 << 20;

    public static RecoveredLog Run(string folder, long now)
    {
        var segments = Segment.Find(folder);
        var producers = new ProducerStates();
        if (segments.Count == 0)
        {
            return new(segments, producers, 0, 0);
        }

        var (first, position, next) = Begin(folder, segments, producers);
        long dropped = 0;
        for (var index = first; index < segments.Count; index++)
        {
            var segment = segments[index];
            if (index > first && segment.BaseOffset != next)
            {
                dropped += DropFrom(segments, index);
                break;
            }

            var end = Scan(segment, position, ref next, producers, now);
            if (end > position)
            {
                segment.Sync(); // It may be in memory only, and whoever sends it again is told that it is stored.
            }

            position = 0;
            if (end < segment.Size)
            {
                dropped += segment.Size - end;
                segment.Truncate(end);
                dropped += DropFrom(segments, index + 1);
                break;
            }
        }

        foreach (var segment in segments)
        {
            segment.FirstAppendedAt = segment.Size > 0 ? now : null;
        }

        return new(segments, producers, next, dropped);
    }

    /// <summary>Takes over what the checkpoint and the indexes of closed segments vouch for.</summary>
    private static (int Segment, long Position, long NextOffset) Begin(string folder, List<Segment> segments, ProducerStates producers)
    {
        var checkpoint = Checkpoint.TryRead(folder);
        var at = checkpoint is null ? -1 : segments.FindIndex(segment => segment.BaseOffset == checkpoint.SegmentBase && segment.Size >= checkpoint.Position);
        if (at < 0 || !segments.Take(at).All(IndexFile.TryLoad))
        {
            segments.ForEach(static segment => segment.Index = new());
            return (0, 0, segments[0].BaseOffset);
        }

        foreach (var producer in checkpoint!.Producers)
        {
            producers.Restore(producer);
        }

        foreach (var entry in checkpoint.Index)
        {
            segments[at].Index.Add(entry);
        }

        segments[at].MaxTimestamp = checkpoint.MaxTimestamp;
        return (at, checkpoint.Position, checkpoint.NextOffset);
    }

    /// <summary>Checks the batches of a segment and takes note of them; gives back where the whole ones end.</summary>
    private static long Scan(Segment segment, long position, ref long next, ProducerStates producers, long now)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            while (position < segment.Size)
            {
                var read = segment.Read(buffer, position);
                var taken = Take(segment, buffer.AsSpan(0, read), position, ref next, producers, now);
                position += taken;
                if (taken > 0)
                {
                    continue;
                }

                // No whole batch in the buffer: one that is larger, or the end.
                if (read < RecordBatch.HeaderSize || SizeOf(buffer) is var size && (size > segment.Size - position || size <= read))
                {
                    return position;
                }

                ArrayPool<byte>.Shared.Return(buffer);
                buffer = [];
                buffer = ArrayPool<byte>.Shared.Rent((int)size);
            }

            return position;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static long SizeOf(byte[] buffer)
    {
        var size = new RecordBatch(buffer).Size;
        return size < RecordBatch.HeaderSize ? 0 : size;
    }

    /// <summary>Takes the whole batches at the beginning of the bytes; gives back how many bytes they are.</summary>
    private static int Take(Segment segment, Span<byte> bytes, long position, ref long next, ProducerStates producers, long now)
    {
        var taken = 0;
        while (bytes.Length - taken >= RecordBatch.HeaderSize)
        {
            var size = new RecordBatch(bytes[taken..]).Size;
            if (size < RecordBatch.HeaderSize || size > bytes.Length - taken)
            {
                break;
            }

            var batch = new RecordBatch(bytes.Slice(taken, (int)size));
            if (batch.Magic != 2 || batch.BaseOffset != next || batch.LastOffsetDelta < 0 || !batch.IsIntact)
            {
                break;
            }

            segment.Index.Note(next, position + taken, segment.MaxTimestamp);
            segment.MaxTimestamp = Math.Max(segment.MaxTimestamp, batch.MaxTimestamp);
            next += batch.LastOffsetDelta + 1L;
            if (batch.HasProducer)
            {
                producers.Note(batch, now);
            }

            taken += (int)size;
        }

        return taken;
    }

    private static long DropFrom(List<Segment> segments, int first)
    {
        long dropped = 0;
        foreach (var segment in segments[first..])
        {
            dropped += segment.Size;
            segment.Delete();
        }

        segments.RemoveRange(first, segments.Count - first);
        return dropped;
    }
}
