using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Tests;

/// <summary>A client that sends bytes and takes what comes.</summary>
internal sealed class WireClient : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public WireClient(int port) => socket.Connect(IPAddress.Loopback, port);

    public static byte[] ApiVersions() => Request(ApiKey.ApiVersions, 0, static _ => { });

    public static byte[] Fetch(string topic, int waitMax) => Request(ApiKey.Fetch, 4, body =>
    {
        body.Int32(-1);
        body.Int32(waitMax);
        body.Int32(1);
        body.Int32(1 << 20);
        body.Byte(0);
        body.Int32(1);
        body.String(topic);
        body.Int32(1);
        body.Int32(0);
        body.Int64(0);
        body.Int32(1 << 20);
    });

    public static byte[] Produce(string topic, byte[] batch) => Request(ApiKey.Produce, 7, body =>
    {
        body.NullableString(null);
        body.Int16(-1);
        body.Int32(1_000);
        body.Int32(1);
        body.String(topic);
        body.Int32(1);
        body.Int32(0);
        body.Bytes(batch);
    });

    public static byte[] Request(ApiKey key, short version, Action<WireWriter> write)
    {
        using var writer = new WireWriter(((int)key << 16) | (ushort)version);
        writer.Int32(1);
        writer.NullableString("test");
        write(writer);
        return writer.Frame().ToArray();
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes)..];
        }
    }

    /// <summary>One answer without its length; empty when the broker closed the connection.</summary>
    public async Task<byte[]> ReceiveAsync()
    {
        var length = new byte[4];
        if (!await FillAsync(length))
        {
            return [];
        }

        var answer = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        return await FillAsync(answer) ? answer : [];
    }

    /// <summary>The broker sees the end of the requests and closes after its answers.</summary>
    public void EndOfRequests() => socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => socket.Dispose();

    private async Task<bool> FillAsync(Memory<byte> room)
    {
        try
        {
            while (room.Length > 0)
            {
                var received = await socket.ReceiveAsync(room);
                if (received == 0)
                {
                    return false;
                }

                room = room[received..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false; // Reset: closed as well.
        }
    }
}
