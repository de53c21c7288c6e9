using System.Buffers.Binary;
using System.Text;

namespace Recoup.Lakehouse.Iceberg.Avro;

/// <summary>Reads Avro's binary encoding. Bytes that end too early are an error that says so.</summary>
internal sealed class AvroDecoder(ReadOnlyMemory<byte> bytes)
{
    private int position;

    public bool AtEnd => position >= bytes.Length;

    public object? Read(AvroSchema schema) => schema switch
    {
        AvroPrimitive primitive => Primitive(primitive.Name),
        AvroRecord record => Record(record),
        AvroUnion union => Read(Branch(union)),
        AvroArray array => Blocks(() => Read(array.Items)),
        AvroMap map => Blocks(() => KeyValuePair.Create(Text(), Read(map.Values))),
        AvroFixed sized => Take(sized.Size).ToArray(),
        AvroEnum symbols => symbols.Symbols[checked((int)Long())],
        _ => throw new NotSupportedException(schema.GetType().Name),
    };

    public AvroRow Record(AvroRecord record)
    {
        var values = new object?[record.Fields.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = Read(record.Fields[index].Schema);
        }

        return new AvroRow(record, values);
    }

    /// <summary>A zigzag number of up to ten bytes.</summary>
    public long Long()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var octet = Take(1)[0];
            value |= unchecked((ulong)(octet & 0x7F) << shift);
            if (octet < 0x80)
            {
                return unchecked((long)(value >> 1) ^ -(long)(value & 1));
            }
        }

        throw IcebergException.Invalid("An Avro file holds a number of more than ten bytes.");
    }

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public ReadOnlySpan<byte> Bytes() => Take(checked((int)Long()));

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > bytes.Length - position)
        {
            throw IcebergException.Invalid($"An Avro file ends early: {count} more bytes are expected at {position} of {bytes.Length}.");
        }

        position += count;
        return bytes.Span.Slice(position - count, count);
    }

    public List<T> Blocks<T>(Func<T> item)
    {
        var items = new List<T>();
        for (var count = Long(); count is not 0; count = Long())
        {
            if (count < 0)
            {
                Long(); // A negative count is followed by the size of the block, for readers that skip it.
                count = -count;
            }

            for (; count > 0; count--)
            {
                items.Add(item());
            }
        }

        return items;
    }

    private AvroSchema Branch(AvroUnion union)
    {
        var index = Long();
        return index >= 0 && index < union.Branches.Count
            ? union.Branches[(int)index]
            : throw IcebergException.Invalid($"An Avro file names branch {index} of a union of {union.Branches.Count}.");
    }

    private object? Primitive(string name) => name switch
    {
        "null" => null,
        "boolean" => Take(1)[0] is not 0,
        "int" => checked((int)Long()),
        "long" => Long(),
        "float" => BinaryPrimitives.ReadSingleLittleEndian(Take(4)),
        "double" => BinaryPrimitives.ReadDoubleLittleEndian(Take(8)),
        "string" => Text(),
        _ => Bytes().ToArray(),
    };
}
