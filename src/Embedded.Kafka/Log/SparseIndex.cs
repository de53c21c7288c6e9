using System.Buffers.Binary;

namespace Recoup.Embedded.Kafka.Log;

/// <summary>Where some batches of a segment begin: one entry for every few kilobytes of log.</summary>
/// <param name="MaxTimestamp">The latest time of all batches before the entry's.</param>
internal readonly record struct IndexEntry(long BaseOffset, long Position, long MaxTimestamp)
{
    public const int Size = 24;

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteInt64BigEndian(target, BaseOffset);
        BinaryPrimitives.WriteInt64BigEndian(target[8..], Position);
        BinaryPrimitives.WriteInt64BigEndian(target[16..], MaxTimestamp);
    }

    public static IndexEntry Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadInt64BigEndian(source), BinaryPrimitives.ReadInt64BigEndian(source[8..]), BinaryPrimitives.ReadInt64BigEndian(source[16..]));
}

/// <summary>The entries of one segment. Added to under the lock of the log, read without.</summary>
internal sealed class SparseIndex
{
    /// <summary>Bytes of log from one entry to the next: a lookup reads at most about as much.</summary>
    public const int Interval = 16 * 1024;

    private volatile IndexEntry[] entries = [];
    private volatile int count;

    public int Count => count;

    public ReadOnlySpan<IndexEntry> Entries => entries.AsSpan(0, count);

    /// <summary>Notes a batch when the last entry is far enough away.</summary>
    public void Note(long baseOffset, long position, long maxTimestampBefore)
    {
        if (count > 0 && position - entries[count - 1].Position < Interval)
        {
            return;
        }

        Add(new IndexEntry(baseOffset, position, maxTimestampBefore));
    }

    public void Add(IndexEntry entry)
    {
        if (count == entries.Length)
        {
            var larger = new IndexEntry[Math.Max(8, entries.Length * 2)];
            entries.AsSpan(0, count).CopyTo(larger);
            entries = larger;
        }

        entries[count] = entry;
        count++;
    }

    /// <summary>The position of the last entry at or before an offset; 0 without one.</summary>
    public long PositionFor(long offset) => Last(entry => entry.BaseOffset <= offset);

    /// <summary>A position before which every batch is older than a time.</summary>
    public long PositionForTime(long timestamp) => Last(entry => entry.MaxTimestamp < timestamp);

    /// <summary>Both predicates hold for a prefix of the entries, since offsets and running maxima only grow.</summary>
    private long Last(Func<IndexEntry, bool> holds)
    {
        var (known, low) = (count, 0);
        var all = entries;
        for (var high = Math.Min(known, all.Length); low < high;)
        {
            var middle = (low + high) / 2;
            if (holds(all[middle]))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? 0 : all[low - 1].Position;
    }
}
