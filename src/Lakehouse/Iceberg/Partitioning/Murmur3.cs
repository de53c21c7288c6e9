using System.Buffers.Binary;
using System.Numerics;

namespace Recoup.Lakehouse.Iceberg.Partitioning;

/// <summary>Murmur3, 32 bits, x86 variant, seed 0: the hash of the bucket transform (specification, appendix B).</summary>
internal static class Murmur3
{
    public static int Hash(ReadOnlySpan<byte> bytes)
    {
        unchecked
        {
            var hash = 0u;
            var rest = bytes;
            for (; rest.Length >= 4; rest = rest[4..])
            {
                hash ^= Mix(BinaryPrimitives.ReadUInt32LittleEndian(rest));
                hash = (BitOperations.RotateLeft(hash, 13) * 5) + 0xe6546b64;
            }

            var tail = 0u;
            for (var index = rest.Length - 1; index >= 0; index--)
            {
                tail = (tail << 8) | rest[index];
            }

            hash ^= Mix(tail) ^ (uint)bytes.Length;
            hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
            hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
            return (int)(hash ^ (hash >> 16));
        }
    }

    private static uint Mix(uint block) => unchecked(BitOperations.RotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593);
}
