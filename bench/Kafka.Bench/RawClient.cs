using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Recoup.Embedded.Kafka.Protocol;
using Recoup.Embedded.Kafka.Records;

namespace Recoup.Kafka.Bench;

/// <summary>A client that costs next to nothing: it sends batches made before, and throws away what it fetches.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] answer = new byte[16 << 20];

    public RawClient(int port) => socket.Connect(IPAddress.Loopback, port);

    public async Task ApiVersionsAsync()
    {
        await SendAsync(Request(ApiKey.ApiVersions, 0, static _ => { }));
        await ReceiveAsync();
    }

    /// <summary>Sends one request after the other without waiting for each answer, up to a number of them.</summary>
    public async Task ProduceAsync(IReadOnlyList<byte[]> requests, int count, int inFlight)
    {
        using var free = new SemaphoreSlim(inFlight);
        var receiving = Task.Run(async () =>
        {
            for (var index = 0; index < count; index++)
            {
                await ReceiveAsync();
                free.Release();
            }
        });
        for (var index = 0; index < count; index++)
        {
            await free.WaitAsync();
            await SendAsync(requests[index % requests.Count]);
        }

        await receiving;
    }

    /// <summary>Reads a partition from its beginning; gives back the bytes of records.</summary>
    public async Task<long> ConsumeAsync(string topic, int partition, long end)
    {
        long offset = 0, bytes = 0;
        while (offset < end)
        {
            await SendAsync(Request(ApiKey.Fetch, 11, body => WriteFetch(body, topic, partition, offset)));
            var length = await ReceiveAsync();
            (var records, offset) = ReadFetch(answer.AsSpan(0, length), topic, offset);
            bytes += records;
        }

        return bytes;
    }

    /// <summary>One produce request with a batch of records of 500 bytes.</summary>
    public static byte[] ProduceRequest(string topic, int partition, int records) => Request(ApiKey.Produce, 7, body =>
    {
        body.NullableString(null);
        body.Int16(-1);
        body.Int32(30_000);
        body.Int32(1);
        body.String(topic);
        body.Int32(1);
        body.Int32(partition);
        body.Bytes(Batch(records));
    });

    public void Dispose() => socket.Dispose();

    private static byte[] Batch(int records)
    {
        const int Value = 490;
        var content = new List<byte>();
        for (var index = 0; index < records; index++)
        {
            byte[] head = [0, 0, .. Varint(index), 1, .. Varint(Value)]; // attributes, time, offset, no key, value
            content.AddRange(Varint(head.Length + Value + 1));
            content.AddRange(head);
            content.AddRange(Enumerable.Range(0, Value).Select(at => (byte)('a' + (at % 26))));
            content.Add(0);
        }

        var bytes = new byte[RecordBatch.HeaderSize + content.Count];
        content.CopyTo(bytes, RecordBatch.HeaderSize);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), bytes.Length - RecordBatch.LengthOverhead);
        bytes[16] = 2;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(23), records - 1);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(27), now);
        bytes.AsSpan(43, 14).Fill(0xff);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(57), records);
        new RecordBatch(bytes).SetMaxTimestamp(now, isLogAppendTime: false);
        return bytes;
    }

    private static byte[] Varint(int value)
    {
        var rest = (uint)value << 1;
        var bytes = new List<byte>();
        for (; rest >= 0x80; rest >>= 7)
        {
            bytes.Add((byte)((rest & 0x7f) | 0x80));
        }

        bytes.Add((byte)rest);
        return [.. bytes];
    }

    private static byte[] Request(ApiKey key, short version, Action<WireWriter> write)
    {
        using var writer = new WireWriter(((short)key << 16) | (ushort)version);
        writer.Int32(1);
        writer.NullableString("bench");
        write(writer);
        return writer.Frame().ToArray();
    }

    private static void WriteFetch(WireWriter body, string topic, int partition, long offset)
    {
        body.Int32(-1);
        body.Int32(500);
        body.Int32(1);
        body.Int32(8 << 20);
        body.Byte(0);
        body.Int32(0);
        body.Int32(-1);
        body.Int32(1);
        body.String(topic);
        body.Int32(1);
        body.Int32(partition);
        body.Int32(-1);
        body.Int64(offset);
        body.Int64(-1);
        body.Int32(1 << 20);
        body.Int32(0);
        body.String("");
    }

    /// <summary>Steps over the batches to know where to go on.</summary>
    private static (int Bytes, long Next) ReadFetch(Span<byte> frame, string topic, long offset)
    {
        var records = frame[(4 + 4 + 2 + 4 + 4 + 2 + topic.Length + 4 + 4 + 2 + 8 + 8 + 8 + 4 + 4)..];
        var length = BinaryPrimitives.ReadInt32BigEndian(records);
        records = records.Slice(4, length);
        while (records.Length >= RecordBatch.HeaderSize && new RecordBatch(records) is var batch && batch.Size <= records.Length)
        {
            offset = batch.BaseOffset + batch.LastOffsetDelta + 1;
            records = records[(int)batch.Size..];
        }

        return (length - records.Length, offset);
    }

    private async Task SendAsync(ReadOnlyMemory<byte> request)
    {
        while (request.Length > 0)
        {
            request = request[await socket.SendAsync(request)..];
        }
    }

    private async Task<int> ReceiveAsync()
    {
        await ReceiveAsync(answer.AsMemory(0, 4));
        var length = BinaryPrimitives.ReadInt32BigEndian(answer);
        if (length > answer.Length)
        {
            answer = new byte[length];
        }

        await ReceiveAsync(answer.AsMemory(0, length));
        return length;
    }

    private async Task ReceiveAsync(Memory<byte> room)
    {
        while (room.Length > 0)
        {
            var received = await socket.ReceiveAsync(room);
            room = received == 0 ? throw new IOException("The broker closed the connection.") : room[received..];
        }
    }
}
