using System.Buffers.Binary;
using Recoup.Embedded.Kafka.Records;

namespace Recoup.Embedded.Kafka.Tests;

/// <summary>Makes record batches as a producer would.</summary>
internal static class Batches
{
    /// <param name="producer">Id, epoch and first sequence of an idempotent producer.</param>
    public static byte[] Of(int count, long timestamp = 1_000, (long Id, short Epoch, int Sequence)? producer = null, int valueSize = 10)
    {
        var records = new List<byte>();
        for (var index = 0; index < count; index++)
        {
            byte[] record = [0, .. Varint(index), .. Varint(index), 1, .. Varint(valueSize), .. new byte[valueSize], 0];
            records.AddRange([.. Varint(record.Length), .. record]);
        }

        return Of([.. records], count, timestamp, timestamp + count - 1, producer ?? (-1, -1, -1), attributes: 0);
    }

    public static byte[] Of(byte[] records, int count, long first, long latest, (long Id, short Epoch, int Sequence) producer, short attributes)
    {
        var bytes = new byte[RecordBatch.HeaderSize + records.Length];
        records.CopyTo(bytes, RecordBatch.HeaderSize);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), bytes.Length - RecordBatch.LengthOverhead);
        bytes[16] = 2;
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(21), attributes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(23), count - 1);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(27), first);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(43), producer.Id);
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(51), producer.Epoch);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(53), producer.Sequence);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(57), count);
        new RecordBatch(bytes).SetMaxTimestamp(latest, isLogAppendTime: false);
        return bytes;
    }

    public static byte[] Varint(long value)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        var bytes = new List<byte>();
        for (; rest >= 0x80; rest >>= 7)
        {
            bytes.Add((byte)((rest & 0x7f) | 0x80));
        }

        bytes.Add((byte)rest);
        return [.. bytes];
    }
}
