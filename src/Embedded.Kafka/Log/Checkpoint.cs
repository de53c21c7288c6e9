using System.Buffers.Binary;

namespace Recoup.Embedded.Kafka.Log;

/// <summary>
/// What recovery needs not read again: up to a position everything is on the disk and intact, and these were the producers there.
/// Kept in one file of the partition's folder.
/// </summary>
/// <param name="IsCleanStop">Whether the broker stopped by itself: every answer was sent, so of each producer only the last batch is kept, as Kafka's snapshots do.</param>
internal sealed record Checkpoint(long SegmentBase, long Position, long NextOffset, long MaxTimestamp, bool IsCleanStop, IReadOnlyList<Producer> Producers, IReadOnlyList<IndexEntry> Index)
{
    private const int HeaderSize = 8 + 8 + 8 + 8 + 1 + 4 + 4;
    private const int ProducerSize = 8 + 2 + 8 + 1;
    private const int BatchSize = 4 + 4 + 8 + 8;

    private static string PathIn(string folder) => Path.Combine(folder, "checkpoint");

    /// <summary>Puts a checkpoint in the place of the folder's last one.</summary>
    public static void Save(string folder, byte[] encoded) => DurableFile.Replace(PathIn(folder), encoded);

    /// <summary>The bytes to save; taken while nobody changes the producers.</summary>
    public byte[] Encode()
    {
        var kept = Producers.Select(producer => IsCleanStop ? producer.Batches.TakeLast(1).ToArray() : [.. producer.Batches]).ToArray();
        var content = new byte[HeaderSize + (Producers.Count * ProducerSize) + (kept.Sum(batches => batches.Length) * BatchSize) + (Index.Count * IndexEntry.Size)];
        BinaryPrimitives.WriteInt64BigEndian(content, SegmentBase);
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(8), Position);
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(16), NextOffset);
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(24), MaxTimestamp);
        content[32] = IsCleanStop ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(33), Producers.Count);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(37), Index.Count);
        var rest = content.AsSpan(HeaderSize);
        for (var index = 0; index < Producers.Count; index++)
        {
            rest = Write(rest, Producers[index], kept[index]);
        }

        foreach (var entry in Index)
        {
            entry.Write(rest);
            rest = rest[IndexEntry.Size..];
        }

        return content;
    }

    /// <summary>The checkpoint of a folder; null when there is none that can be trusted.</summary>
    public static Checkpoint? TryRead(string folder)
    {
        if (DurableFile.TryRead(PathIn(folder)) is not { Length: >= HeaderSize } content)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = content.AsSpan(HeaderSize);
        var producers = new Producer[BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(33))];
        for (var index = 0; index < producers.Length; index++)
        {
            rest = Read(rest, out producers[index]);
        }

        var entries = new IndexEntry[BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(37))];
        for (var index = 0; index < entries.Length; index++)
        {
            entries[index] = IndexEntry.Read(rest[(index * IndexEntry.Size)..]);
        }

        return new Checkpoint(
            BinaryPrimitives.ReadInt64BigEndian(content),
            BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(8)),
            BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(16)),
            BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(24)),
            content[32] == 1,
            producers,
            entries);
    }

    private static Span<byte> Write(Span<byte> target, Producer producer, ProducedBatch[] batches)
    {
        BinaryPrimitives.WriteInt64BigEndian(target, producer.Id);
        BinaryPrimitives.WriteInt16BigEndian(target[8..], producer.Epoch);
        BinaryPrimitives.WriteInt64BigEndian(target[10..], producer.SeenAt);
        target[18] = (byte)batches.Length;
        target = target[ProducerSize..];
        foreach (var batch in batches)
        {
            BinaryPrimitives.WriteInt32BigEndian(target, batch.FirstSequence);
            BinaryPrimitives.WriteInt32BigEndian(target[4..], batch.LastSequence);
            BinaryPrimitives.WriteInt64BigEndian(target[8..], batch.BaseOffset);
            BinaryPrimitives.WriteInt64BigEndian(target[16..], batch.AppendedAt);
            target = target[BatchSize..];
        }

        return target;
    }

    private static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> source, out Producer producer)
    {
        var epoch = BinaryPrimitives.ReadInt16BigEndian(source[8..]);
        producer = new Producer(BinaryPrimitives.ReadInt64BigEndian(source), epoch);
        var seenAt = BinaryPrimitives.ReadInt64BigEndian(source[10..]);
        int batches = source[18];
        source = source[ProducerSize..];
        for (; batches > 0; batches--)
        {
            producer.Add(
                epoch,
                new ProducedBatch(
                    BinaryPrimitives.ReadInt32BigEndian(source),
                    BinaryPrimitives.ReadInt32BigEndian(source[4..]),
                    BinaryPrimitives.ReadInt64BigEndian(source[8..]),
                    BinaryPrimitives.ReadInt64BigEndian(source[16..])),
                seenAt);
            source = source[BatchSize..];
        }

        return source;
    }
}
