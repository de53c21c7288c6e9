using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Network;

/// <summary>
/// Cuts what a client sends into requests, each in one piece. The buffer grows with the bytes that really came, not with the length that
/// was announced, and shrinks again after a large request.
/// </summary>
internal sealed class FrameReader(Socket socket, int frameBytesMax) : IDisposable
{
    private const int LengthPrefix = 4;
    private const int SmallestFrame = 8;
    private const int RestingSize = 64 * 1024;
    private const int LargestResting = 2 << 20;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(RestingSize);
    private Task<int>? readable;
    private int start;
    private int end;

    /// <summary>The next request, valid until the next call; empty when the client closed the connection.</summary>
    /// <exception cref="ProtocolException">The announced length is none, or beyond the limit.</exception>
    public async ValueTask<Memory<byte>> NextAsync(CancellationToken cancelled)
    {
        while (true)
        {
            if (end - start >= LengthPrefix)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(start));
                if (length < SmallestFrame || length > frameBytesMax)
                {
                    throw new ProtocolException($"a request of {length} bytes; at most {frameBytesMax} are read");
                }

                if (end - start - LengthPrefix >= length)
                {
                    var frame = buffer.AsMemory(start + LengthPrefix, length);
                    start += LengthPrefix + length;
                    return frame;
                }

                MakeRoom(LengthPrefix + length);
            }
            else
            {
                MakeRoom(LengthPrefix);
            }

            if (readable is not null)
            {
                // One wait on a socket at a time.
                await readable;
                readable = null;
            }

            var received = await socket.ReceiveAsync(buffer.AsMemory(end), cancelled);
            if (received == 0)
            {
                return Memory<byte>.Empty;
            }

            end += received;
        }
    }

    /// <summary>Ends when the client sent more, or went, and now and then without a reason; nothing is read by it.</summary>
    public Task ReadableAsync(CancellationToken cancelled) =>
        readable is { IsCompleted: false } ? readable : readable = socket.ReceiveAsync(Memory<byte>.Empty, cancelled).AsTask();

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    /// <summary>Room for more bytes: the beginning of the request moves to the front, and the buffer doubles when it is full.</summary>
    private void MakeRoom(int wanted)
    {
        var unread = end - start;
        if (start > 0 && (unread == 0 || buffer.Length - start < wanted))
        {
            buffer.AsSpan(start, unread).CopyTo(buffer);
            (start, end) = (0, unread);
        }

        if (end == 0 && buffer.Length > LargestResting)
        {
            Replace(RestingSize);
        }

        if (end == buffer.Length)
        {
            Replace((int)Math.Min(buffer.Length * 2L, Math.Max(wanted, RestingSize)));
        }
    }

    private void Replace(int size)
    {
        var replacement = ArrayPool<byte>.Shared.Rent(size);
        buffer.AsSpan(0, end).CopyTo(replacement);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = replacement;
    }
}
