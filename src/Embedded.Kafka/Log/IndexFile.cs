using System.Buffers.Binary;

namespace Recoup.Embedded.Kafka.Log;

/// <summary>The index of a segment that grows no more, so that a start need not read the segment.</summary>
internal static class IndexFile
{
    private const int HeaderSize = 16;

    public static void Save(Segment segment)
    {
        var entries = segment.Index.Entries;
        var content = new byte[HeaderSize + (entries.Length * IndexEntry.Size)];
        BinaryPrimitives.WriteInt64BigEndian(content, segment.Size);
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(8), segment.MaxTimestamp);
        for (var index = 0; index < entries.Length; index++)
        {
            entries[index].Write(content.AsSpan(HeaderSize + (index * IndexEntry.Size)));
        }

        DurableFile.Replace(segment.IndexPath, content);
    }

    /// <summary>False when there is no index that fits the segment's file.</summary>
    public static bool TryLoad(Segment segment)
    {
        if (DurableFile.TryRead(segment.IndexPath) is not { Length: >= HeaderSize } content || BinaryPrimitives.ReadInt64BigEndian(content) != segment.Size)
        {
            return false;
        }

        segment.MaxTimestamp = BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(8));
        for (var at = HeaderSize; at < content.Length; at += IndexEntry.Size)
        {
            segment.Index.Add(IndexEntry.Read(content.AsSpan(at)));
        }

        return true;
    }
}
