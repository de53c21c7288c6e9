using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Recoup.Embedded.Kafka.Protocol;

/// <summary>Writes the protocol's types into one pooled buffer that holds a whole answer, its length in front. Dispose of it to give the buffer back.</summary>
internal sealed class WireWriter : IDisposable
{
    /// <summary>A small request can ask for the same large thing many times.</summary>
    private const int FrameBytesMax = 300 << 20;
    private const int LengthPrefix = 4;
    private const int MessageLengthMax = 1_000;

    private byte[] buffer;
    private int length = LengthPrefix;

    public WireWriter(int correlationId, int sizeHint = 256)
    {
        buffer = ArrayPool<byte>.Shared.Rent(sizeHint);
        Int32(correlationId);
    }

    /// <summary>The answer as it goes on the wire.</summary>
    public ReadOnlyMemory<byte> Frame()
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer, length - LengthPrefix);
        return buffer.AsMemory(0, length);
    }

    public void Byte(byte value) => Reserve(1)[0] = value;

    public void Boolean(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Int16(short value) => BinaryPrimitives.WriteInt16BigEndian(Reserve(2), value);

    public void Error(ErrorCode value) => Int16((short)value);

    public void Int32(int value) => BinaryPrimitives.WriteInt32BigEndian(Reserve(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64BigEndian(Reserve(8), value);

    public void String(string value)
    {
        var size = Encoding.UTF8.GetByteCount(value);
        Int16(size <= short.MaxValue ? (short)size : throw new ProtocolException($"a text of {size} bytes, more than an answer can carry"));
        Encoding.UTF8.GetBytes(value, Reserve(size));
    }

    public void NullableString(string? value)
    {
        if (value is null)
        {
            Int16(-1);
        }
        else
        {
            String(value);
        }
    }

    /// <summary>A text for people, cut where it is too long: it may quote what a client sent.</summary>
    public void Message(string? text) => NullableString(text is { Length: > MessageLengthMax } ? text[..MessageLengthMax] + "..." : text);

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        value.CopyTo(Reserve(value.Length));
    }

    public void Strings(IReadOnlyCollection<string> values)
    {
        Int32(values.Count);
        foreach (var value in values)
        {
            String(value);
        }
    }

    /// <summary>One byte before the elements of a short list in the flexible encoding.</summary>
    public void CompactLength(int count) => Byte(checked((byte)(count + 1) is < 0x80 and var small ? small : throw new ArgumentOutOfRangeException(nameof(count))));

    public void NoTags() => Byte(0);

    /// <summary>The throttle time that most answers carry; this broker has no quotas.</summary>
    public void NoThrottle() => Int32(0);

    /// <summary>Room for bytes that the caller fills, such as records read from a file.</summary>
    public Memory<byte> Room(int size)
    {
        Reserve(size);
        return buffer.AsMemory(length - size, size);
    }

    /// <summary>Gives back the end of the last room, of which less was filled.</summary>
    public void Trim(int unused) => length -= unused;

    /// <summary>Where the next value goes: for a number that is known later.</summary>
    public int Mark() => length;

    public void Int32At(int mark, int value) => BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(mark), value);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private Span<byte> Reserve(int size)
    {
        if (buffer.Length - length < size)
        {
            if (length + (long)size > FrameBytesMax)
            {
                throw new ProtocolException($"the answer would have more than {FrameBytesMax} bytes: ask for less at once");
            }

            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, length + size));
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        length += size;
        return buffer.AsSpan(length - size, size);
    }
}
