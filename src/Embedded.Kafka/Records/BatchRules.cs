using System.Buffers.Binary;
using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Records;

/// <summary>What Kafka demands of the records in a produce request before it looks at the log they are for.</summary>
internal static class BatchRules
{
    private const int SmallestLength = 14;
    private const short FirstVersionWithZstd = 7;
    private const long NoTimestamp = -1;

    /// <summary>Finds the one batch of a partition's records. What follows it and is no whole batch is dropped, as Kafka does.</summary>
    public static ErrorCode FindOnly(Span<byte> records, short produceVersion, out int size)
    {
        size = 0;
        var error = FindFirst(records, out var first);
        if (error != ErrorCode.None || first == 0)
        {
            return error == ErrorCode.None ? ErrorCode.InvalidRecord : error;
        }

        var magic = new RecordBatch(records).Magic;
        if (magic != 2)
        {
            return ErrorCode.InvalidRecord;
        }

        if (first < RecordBatch.HeaderSize)
        {
            return ErrorCode.CorruptMessage;
        }

        var codec = new RecordBatch(records).Codec;
        if (codec > CompressionCodec.Zstd || (codec == CompressionCodec.Zstd && produceVersion < FirstVersionWithZstd))
        {
            return ErrorCode.UnsupportedCompressionType;
        }

        error = FindFirst(records[first..], out var second);
        if (error != ErrorCode.None || second != 0)
        {
            return error == ErrorCode.None ? ErrorCode.InvalidRecord : error;
        }

        size = first;
        return ErrorCode.None;
    }

    /// <summary>Checks a batch for a topic. One whose latest time is wrong, or that gets its time here, is changed.</summary>
    public static BatchVerdict Check(RecordBatch batch, in TopicLimits limits, long now)
    {
        if (batch.BaseOffset != 0)
        {
            return new(ErrorCode.InvalidRecord);
        }

        if (batch.Bytes.Length > limits.MaxMessageBytes)
        {
            return new(ErrorCode.MessageTooLarge);
        }

        if (!batch.IsIntact)
        {
            return new(ErrorCode.CorruptMessage);
        }

        if (batch.IsControl || batch.Count <= 0 || batch.LastOffsetDelta != batch.Count - 1 || (batch.HasProducer && batch.BaseSequence < 0))
        {
            return new(ErrorCode.InvalidRecord);
        }

        return batch.Codec == CompressionCodec.None ? CheckRecords(batch, limits, now) : CheckPacked(batch, limits, now);
    }

    /// <summary>The records can be read, so each is looked at.</summary>
    private static BatchVerdict CheckRecords(RecordBatch batch, in TopicLimits limits, long now)
    {
        var cursor = new RecordCursor(batch.Records);
        var latest = NoTimestamp;
        List<int>? outOfRange = null;
        for (var index = 0; index < batch.Count; index++)
        {
            if (!cursor.TryNext())
            {
                return new(ErrorCode.InvalidRecord);
            }

            var timestamp = unchecked(batch.BaseTimestamp + cursor.TimestampDelta);
            latest = Math.Max(latest, timestamp);
            if (!limits.IsLogAppendTime && !limits.Accepts(timestamp, now))
            {
                (outOfRange ??= []).Add(index);
            }
        }

        if (!cursor.IsAtEnd)
        {
            return new(ErrorCode.InvalidRecord);
        }

        if (outOfRange is not null)
        {
            return new(ErrorCode.InvalidTimestamp, outOfRange);
        }

        if (limits.IsLogAppendTime)
        {
            batch.SetMaxTimestamp(now, isLogAppendTime: true);
        }
        else if (latest != batch.MaxTimestamp)
        {
            batch.SetMaxTimestamp(latest, isLogAppendTime: false);
        }

        return default;
    }

    /// <summary>Compressed records stay closed: only the header speaks for them.</summary>
    private static BatchVerdict CheckPacked(RecordBatch batch, in TopicLimits limits, long now)
    {
        if (limits.IsLogAppendTime)
        {
            batch.SetMaxTimestamp(now, isLogAppendTime: true);
            return default;
        }

        return limits.Accepts(batch.MaxTimestamp, now) ? default : new(ErrorCode.InvalidTimestamp, []);
    }

    /// <summary>Size of the first batch; 0 when there is no whole one.</summary>
    private static ErrorCode FindFirst(Span<byte> records, out int size)
    {
        size = 0;
        if (records.Length < RecordBatch.PrefixSize)
        {
            return ErrorCode.None;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(records[8..]);
        if (length < SmallestLength || new RecordBatch(records).Magic is < 0 or > 2)
        {
            return ErrorCode.CorruptMessage;
        }

        size = (long)length + RecordBatch.LengthOverhead > records.Length ? 0 : length + RecordBatch.LengthOverhead;
        return ErrorCode.None;
    }
}

/// <summary>Whether a batch is good, and which of its records are not.</summary>
/// <param name="TimestampsOutOfRange">Indexes of the records with a time that the topic does not take; null when that is not the reason.</param>
internal readonly record struct BatchVerdict(ErrorCode Error, IReadOnlyList<int>? TimestampsOutOfRange = null);

/// <summary>What a topic takes.</summary>
/// <param name="TimestampAheadMax">How far ahead of the broker's clock a record may be, in milliseconds.</param>
/// <param name="TimestampBehindMax">How far behind, in milliseconds.</param>
internal readonly record struct TopicLimits(int MaxMessageBytes, bool IsLogAppendTime, long TimestampAheadMax, long TimestampBehindMax)
{
    /// <summary>A record without a time (-1) is always accepted.</summary>
    public bool Accepts(long timestamp, long now) =>
        timestamp == -1 || ((Int128)timestamp - now <= TimestampAheadMax && (Int128)now - timestamp <= TimestampBehindMax);
}
