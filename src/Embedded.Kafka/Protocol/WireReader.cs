using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Recoup.Embedded.Kafka.Protocol;

/// <summary>Reads the protocol's types. Everything is checked against the bytes that are there before anything is allocated.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;

    public int Position { get; private set; }

    public readonly int Remaining => bytes.Length - Position;

    public byte Byte() => Take(1)[0];

    public bool Boolean() => Byte() != 0;

    public short Int16() => BinaryPrimitives.ReadInt16BigEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    public string String() => NullableString() ?? throw new ProtocolException("a string that must not be null is null");

    public string? NullableString()
    {
        var length = Int16();
        return length < 0 ? null : Text(Take(length));
    }

    public string CompactString() => UnsignedVarint() is > 0 and var size ? Text(Take(size - 1)) : throw new ProtocolException("a string that must not be null is null");

    public byte[] Bytes()
    {
        var length = Int32();
        return length < 0 ? throw new ProtocolException("bytes that must not be null are null") : Take(length).ToArray();
    }

    /// <summary>Where a block of records lies in the request; a null block has the length -1.</summary>
    public (int Offset, int Length) Records()
    {
        var length = Int32();
        var offset = Position;
        if (length > 0)
        {
            Take(length);
        }

        return (offset, length);
    }

    /// <summary>The number of elements that follow. An element has at least one byte, so a number beyond the rest of the request is a lie.</summary>
    public int ArrayLength()
    {
        var length = NullableArrayLength();
        return length < 0 ? throw new ProtocolException("a list that must not be null is null") : length;
    }

    /// <summary>The same; -1 for null.</summary>
    public int NullableArrayLength()
    {
        var length = Int32();
        return length > Remaining ? throw new ProtocolException($"a list of {length} elements in {Remaining} bytes") : Math.Max(length, -1);
    }

    public List<string> Strings()
    {
        var strings = new List<string>();
        for (var left = ArrayLength(); left > 0; left--)
        {
            strings.Add(String());
        }

        return strings;
    }

    /// <summary>Tagged fields say nothing here that would change an answer.</summary>
    public void SkipTags()
    {
        for (var left = UnsignedVarint(); left > 0; left--)
        {
            UnsignedVarint();
            Take(UnsignedVarint());
        }
    }

    /// <summary>Bytes that are no text would come back as other, longer bytes, so they are refused.</summary>
    private static string Text(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw new ProtocolException("a string that is not UTF-8");

    private int UnsignedVarint()
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var part = Byte();
            value |= unchecked((uint)(part & 0x7f) << shift);
            if (part < 0x80)
            {
                return value > int.MaxValue ? throw new ProtocolException("a length beyond 2 GiB") : (int)value;
            }
        }

        throw new ProtocolException("a variable-length number of more than 5 bytes");
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > Remaining)
        {
            throw new ProtocolException($"{length} bytes wanted at {Position}, {Remaining} are left");
        }

        var taken = bytes.Slice(Position, length);
        Position += length;
        return taken;
    }
}
