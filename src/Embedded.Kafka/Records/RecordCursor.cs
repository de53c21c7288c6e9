namespace Recoup.Embedded.Kafka.Records;

/// <summary>Walks over the records of a batch that is not compressed: offsets and times are read, keys, values and headers only stepped over.</summary>
internal ref struct RecordCursor(ReadOnlySpan<byte> records)
{
    private readonly ReadOnlySpan<byte> records = records;
    private int position;

    public long TimestampDelta { get; private set; }

    public long OffsetDelta { get; private set; }

    public readonly bool IsAtEnd => position == records.Length;

    /// <summary>Steps to the next record; false when its bytes are no record.</summary>
    public bool TryNext()
    {
        if (!TryVarint(records.Length, out var length) || length < 0 || length > records.Length - position)
        {
            return false;
        }

        var end = position + (int)length;
        if (++position > end
            || !TryVarint(end, out var timestampDelta)
            || !TryVarint(end, out var offsetDelta)
            || !TrySkipBytes(end)
            || !TrySkipBytes(end)
            || !TrySkipHeaders(end))
        {
            return false;
        }

        TimestampDelta = timestampDelta;
        OffsetDelta = offsetDelta;
        return position == end;
    }

    private bool TrySkipHeaders(int end)
    {
        if (!TryVarint(end, out var headers) || headers < 0 || headers > end - position)
        {
            return false;
        }

        for (; headers > 0; headers--)
        {
            if (!TryVarint(end, out var name) || name < 0 || !TrySkip(name, end) || !TrySkipBytes(end))
            {
                return false;
            }
        }

        return true;
    }

    private bool TrySkipBytes(int end) => TryVarint(end, out var length) && (length < 0 ? length == -1 : TrySkip(length, end));

    private bool TrySkip(long length, int end)
    {
        if (length > end - position)
        {
            return false;
        }

        position += (int)length;
        return true;
    }

    /// <summary>A zig-zag number of up to ten bytes.</summary>
    private bool TryVarint(int end, out long value)
    {
        ulong raw = 0;
        for (var shift = 0; shift < 70 && position < end; shift += 7)
        {
            var part = records[position++];
            raw |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                value = unchecked((long)(raw >> 1) ^ -(long)(raw & 1));
                return true;
            }
        }

        value = 0;
        return false;
    }
}
