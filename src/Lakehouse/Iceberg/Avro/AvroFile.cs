using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Recoup.Lakehouse.Iceberg.Avro;

/// <summary>An Avro object container: a header with the writer's schema and key-value pairs, then blocks of records, each ended by the file's own mark.</summary>
internal sealed record AvroFile(IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<AvroRow> Rows)
{
    private const int MarkLength = 16;
    private static readonly byte[] Magic = "Obj\u0001"u8.ToArray();

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="IcebergException">It is no Avro file, ends early, or is compressed by a codec other than deflate.</exception>
    public static AvroFile Read(byte[] bytes, string location)
    {
        var decoder = new AvroDecoder(bytes);
        if (bytes.Length < Magic.Length || !decoder.Take(Magic.Length).SequenceEqual(Magic))
        {
            throw IcebergException.Invalid($"{location} is no Avro file.");
        }

        var metadata = decoder.Blocks(() => KeyValuePair.Create(decoder.Text(), Encoding.UTF8.GetString(decoder.Bytes())))
            .ToDictionary(StringComparer.Ordinal);
        var mark = decoder.Take(MarkLength).ToArray();
        var schema = AvroSchema.Parse(metadata["avro.schema"]) as AvroRecord ?? throw IcebergException.Invalid($"{location} holds no records.");
        var codec = metadata.GetValueOrDefault("avro.codec", "null");
        var rows = new List<AvroRow>();
        while (!decoder.AtEnd)
        {
            var count = decoder.Long();
            var block = new AvroDecoder(Decompress(decoder.Bytes(), codec, location));
            for (; count > 0; count--)
            {
                rows.Add(block.Record(schema));
            }

            if (!decoder.Take(MarkLength).SequenceEqual(mark))
            {
                throw IcebergException.Invalid($"{location} is damaged: a block does not end with the file's mark.");
            }
        }

        return new AvroFile(metadata, rows);
    }

    /// <summary>Writes a whole file, compressed with deflate.</summary>
    public static byte[] Write(string schemaJson, IEnumerable<KeyValuePair<string, string>> metadata, IReadOnlyCollection<object?[]> rows)
    {
        var schema = AvroSchema.Parse(schemaJson);
        var block = new AvroEncoder();
        foreach (var row in rows)
        {
            block.Write(schema, row);
        }

        var pairs = metadata.Append(new("avro.schema", schemaJson)).Append(new("avro.codec", "deflate")).ToArray();
        var mark = RandomNumberGenerator.GetBytes(MarkLength);
        var file = new AvroEncoder();
        file.Raw(Magic);
        file.Long(pairs.Length);
        foreach (var (key, value) in pairs)
        {
            file.Text(key);
            file.Text(value);
        }

        file.Long(0);
        file.Raw(mark);
        if (rows.Count > 0)
        {
            file.Long(rows.Count);
            file.Bytes(Compress(block.ToArray()));
            file.Raw(mark);
        }

        return file.ToArray();
    }

    private static byte[] Decompress(ReadOnlySpan<byte> block, string codec, string location)
    {
        switch (codec)
        {
            case "null":
                return block.ToArray();
            case "deflate":
                using (var input = new DeflateStream(new MemoryStream(block.ToArray()), CompressionMode.Decompress))
                {
                    var output = new MemoryStream();
                    input.CopyTo(output);
                    return output.ToArray();
                }

            default:
                throw IcebergException.Unsupported($"Avro codec '{codec}' ({location}); deflate and null are read");
        }
    }

    private static byte[] Compress(byte[] block)
    {
        var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(block);
        }

        return output.ToArray();
    }
}
