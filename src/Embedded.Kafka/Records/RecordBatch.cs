using System.Buffers.Binary;

namespace Recoup.Embedded.Kafka.Records;

/// <summary>
/// The header of a record batch of format 2, read and changed where it lies. The records behind it stay as the producer sent them.
/// The checksum covers everything from the attributes on, so offset and leader epoch can be set without touching it.
/// </summary>
internal readonly ref struct RecordBatch(Span<byte> bytes)
{
    /// <summary>Bytes before the first record.</summary>
    public const int HeaderSize = 61;

    /// <summary>Bytes that the length field does not count: the base offset and the length itself.</summary>
    public const int LengthOverhead = 12;

    /// <summary>Bytes needed to know length and format.</summary>
    public const int PrefixSize = 17;

    private const int LeaderEpochAt = 12;
    private const int MagicAt = 16;
    private const int CrcAt = 17;
    private const int AttributesAt = 21;
    private const int MaxTimestampAt = 35;
    private const short TimestampTypeBit = 8;

    private readonly Span<byte> bytes = bytes;

    public Span<byte> Bytes => bytes;

    public Span<byte> Records => bytes[HeaderSize..];

    public long BaseOffset => BinaryPrimitives.ReadInt64BigEndian(bytes);

    /// <summary>Bytes of the whole batch, as its length field says.</summary>
    public long Size => (long)BinaryPrimitives.ReadInt32BigEndian(bytes[8..]) + LengthOverhead;

    public int LeaderEpoch => BinaryPrimitives.ReadInt32BigEndian(bytes[LeaderEpochAt..]);

    public sbyte Magic => unchecked((sbyte)bytes[MagicAt]);

    public uint Crc => BinaryPrimitives.ReadUInt32BigEndian(bytes[CrcAt..]);

    public short Attributes => BinaryPrimitives.ReadInt16BigEndian(bytes[AttributesAt..]);

    public CompressionCodec Codec => (CompressionCodec)(Attributes & 7);

    public bool IsLogAppendTime => (Attributes & TimestampTypeBit) != 0;

    public bool IsTransactional => (Attributes & 16) != 0;

    public bool IsControl => (Attributes & 32) != 0;

    public int LastOffsetDelta => BinaryPrimitives.ReadInt32BigEndian(bytes[23..]);

    public long BaseTimestamp => BinaryPrimitives.ReadInt64BigEndian(bytes[27..]);

    public long MaxTimestamp => BinaryPrimitives.ReadInt64BigEndian(bytes[MaxTimestampAt..]);

    public long ProducerId => BinaryPrimitives.ReadInt64BigEndian(bytes[43..]);

    public short ProducerEpoch => BinaryPrimitives.ReadInt16BigEndian(bytes[51..]);

    public int BaseSequence => BinaryPrimitives.ReadInt32BigEndian(bytes[53..]);

    public int Count => BinaryPrimitives.ReadInt32BigEndian(bytes[57..]);

    public bool HasProducer => ProducerId >= 0;

    public bool IsIntact => Crc == Crc32C.Of(bytes[AttributesAt..]);

    /// <summary>Gives the batch its place in the log.</summary>
    public void Place(long baseOffset, int leaderEpoch)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes, baseOffset);
        BinaryPrimitives.WriteInt32BigEndian(bytes[LeaderEpochAt..], leaderEpoch);
    }

    /// <summary>Changes the latest time, which the checksum covers.</summary>
    public void SetMaxTimestamp(long timestamp, bool isLogAppendTime)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes[MaxTimestampAt..], timestamp);
        if (isLogAppendTime)
        {
            BinaryPrimitives.WriteInt16BigEndian(bytes[AttributesAt..], (short)(Attributes | TimestampTypeBit));
        }

        BinaryPrimitives.WriteUInt32BigEndian(bytes[CrcAt..], Crc32C.Of(bytes[AttributesAt..]));
    }
}

/// <summary>How the records of a batch are packed; the broker stores them as they came.</summary>
internal enum CompressionCodec
{
    None = 0,
    Gzip = 1,
    Snappy = 2,
    Lz4 = 3,
    Zstd = 4,
}
