using System.Buffers.Binary;

namespace Recoup.Streaming.Kafka.Producing;

/// <summary>
/// The hash by which Java's producer, Flink and Kafka Connect choose a partition. Computed here and sent with each record, because librdkafka's default
/// is another one, and a key must lie in one partition whoever writes it.
/// </summary>
public static class Murmur2
{
    private const uint Multiplier = 0x5bd1e995;
    private const uint Seed = 0x9747b28c;

    /// <summary>The partition of a key. An empty key is hashed like any other; a record without a key has no such partition.</summary>
    public static int PartitionOf(ReadOnlySpan<byte> key, int partitions)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partitions);
        return (Hash(key) & int.MaxValue) % partitions;
    }

    public static int Hash(ReadOnlySpan<byte> key)
    {
        unchecked
        {
            var hash = Seed ^ (uint)key.Length;
            while (key.Length >= sizeof(uint))
            {
                var block = BinaryPrimitives.ReadUInt32LittleEndian(key) * Multiplier;
                hash = (hash * Multiplier) ^ ((block ^ (block >> 24)) * Multiplier);
                key = key[sizeof(uint)..];
            }

            if (key.Length > 0)
            {
                for (var index = key.Length - 1; index >= 0; index--)
                {
                    hash ^= (uint)key[index] << (8 * index);
                }

                hash *= Multiplier;
            }

            hash = (hash ^ (hash >> 13)) * Multiplier;
            return (int)(hash ^ (hash >> 15));
        }
    }
}
