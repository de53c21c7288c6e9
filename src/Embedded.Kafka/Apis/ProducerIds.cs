using System.Buffers.Binary;
using Recoup.Embedded.Kafka.Log;

namespace Recoup.Embedded.Kafka.Apis;

/// <summary>Ids for idempotent producers, never given twice: a block is taken on the disk before its first id is given.</summary>
internal sealed class ProducerIds(string dataFolder)
{
    private const int Block = 1_000;

    private readonly Lock gate = new();
    private readonly string file = Path.Combine(dataFolder, "producer-ids");
    private long next;
    private long reserved;

    public long Next()
    {
        lock (gate)
        {
            if (next == reserved)
            {
                next = File.Exists(file)
                    ? BinaryPrimitives.ReadInt64BigEndian(DurableFile.TryRead(file) ?? throw new InvalidDataException($"{file} is damaged: its checksum does not fit."))
                    : 0;
                var content = new byte[sizeof(long)];
                BinaryPrimitives.WriteInt64BigEndian(content, next + Block);
                DurableFile.Replace(file, content);
                reserved = next + Block;
            }

            return next++;
        }
    }
}
