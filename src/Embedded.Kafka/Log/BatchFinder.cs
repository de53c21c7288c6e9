using System.Buffers;
using Recoup.Embedded.Kafka.Records;

namespace Recoup.Embedded.Kafka.Log;

/// <summary>Where a batch lies in a segment.</summary>
internal readonly record struct BatchPlace(long Position, int Size);

/// <summary>Looks for batches by their headers, from a place that the index gives.</summary>
internal static class BatchFinder
{
    private const int Chunk = SparseIndex.Interval + RecordBatch.HeaderSize;

    private delegate bool Wanted<in T>(RecordBatch batch, T looked);

    /// <summary>The batch that holds an offset, or the first after it.</summary>
    public static BatchPlace AtOrAfter(Segment segment, long offset, long from, long limit) =>
        Find(segment, from, limit, static (batch, wanted) => batch.BaseOffset + batch.LastOffsetDelta >= wanted, offset)
        ?? throw new InvalidDataException($"{segment.Path} has no batch for offset {offset} after position {from}.");

    /// <summary>The first record at or after a time. Of a compressed batch only the header is known: its first offset and latest time.</summary>
    public static (long Offset, long Timestamp)? FirstAtTime(Segment segment, long timestamp, long limit)
    {
        if (Find(segment, segment.Index.PositionForTime(timestamp), limit, static (batch, wanted) => batch.MaxTimestamp >= wanted, timestamp) is not { } place)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(place.Size);
        try
        {
            var bytes = buffer.AsSpan(0, place.Size);
            segment.Read(bytes, place.Position);
            return FirstAtTime(new RecordBatch(bytes), timestamp);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static (long Offset, long Timestamp) FirstAtTime(RecordBatch batch, long timestamp)
    {
        if (batch.Codec == CompressionCodec.None && !batch.IsLogAppendTime)
        {
            var cursor = new RecordCursor(batch.Records);
            while (cursor.TryNext())
            {
                var found = unchecked(batch.BaseTimestamp + cursor.TimestampDelta); // Producers may send any numbers.
                if (found >= timestamp)
                {
                    return (unchecked(batch.BaseOffset + cursor.OffsetDelta), found);
                }
            }
        }

        return (batch.BaseOffset, batch.MaxTimestamp);
    }

    private static BatchPlace? Find<T>(Segment segment, long from, long limit, Wanted<T> isWanted, T looked)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            for (var position = from; position < limit;)
            {
                var chunk = buffer.AsSpan(0, segment.Read(buffer.AsSpan(0, (int)Math.Min(Chunk, limit - position)), position));
                for (; chunk.Length >= RecordBatch.HeaderSize;)
                {
                    var batch = new RecordBatch(chunk);
                    var size = (int)batch.Size;
                    if (isWanted(batch, looked))
                    {
                        return new(position, size);
                    }

                    position += size;
                    chunk = size > chunk.Length ? [] : chunk[size..];
                }

                if (limit - position < RecordBatch.HeaderSize)
                {
                    break;
                }
            }

            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
